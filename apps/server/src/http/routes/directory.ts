/** Directory Integration: the LDAP configuration, without its password on the way out. */
import type { api, LdapView } from '@sallyport/contract'
import type { LdapSettings, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { completeLdapInput, runLdapTest } from '../ldap-configuration.ts'
import { toConfiguration } from '../../ldap/to-configuration.ts'

export interface DirectoryRouteDependencies {
  readonly store: Pick<Store, 'settings'>
  readonly engine: EngineControl
  readonly clock: () => Date
}

export function directoryHandlers({
  store,
  engine,
  clock,
}: DirectoryRouteDependencies): Handlers<typeof api.directory> {
  return {
    async readLdap() {
      return view(await store.settings.ldap())
    },
    async changeLdap({ body, caller }) {
      const complete = completeLdapInput(body, await store.settings.ldap(), clock())
      const outcome = await store.settings.changeLdap(complete, caller.actor)
      const ldap = changed(outcome, { view, gone: 'The LDAP configuration does not exist.' })
      await putInForce(engine, { topic: 'target' })
      return view(ldap)
    },
    async testLdap({ body }) {
      return runLdapTest(toConfiguration(completeLdapInput(body, await store.settings.ldap(), clock())))
    },
  }
}

function view({ queryBind, servers, ...rest }: LdapSettings): LdapView {
  return {
    ...rest,
    servers: servers.map(({ url }) => ({ url })),
    queryBind:
      queryBind.kind === 'anonymous'
        ? { kind: 'anonymous' }
        : { kind: 'simple', dn: queryBind.dn, hasPassword: queryBind.password !== '' },
  }
}
