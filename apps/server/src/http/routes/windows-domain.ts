/** The Windows domain: its settings, without the password on the way out, and their test. */
import type { api, WindowsDomainInput, WindowsDomainView } from '@sallyport/contract'
import { validateLdapConfiguration } from '@sallyport/directory'
import type { Store, WindowsDomainSettings } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { toLdapConfiguration } from '../../windows-domain/controllers.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { invalidInput } from '../problems.ts'
import { testWindowsDomain } from '../../windows-domain/test-domain.ts'

export interface WindowsDomainRouteDependencies {
  readonly store: Pick<Store, 'windowsDomain'>
  readonly engine: EngineControl
  readonly sambaFolder: string
  readonly clock: () => Date
}

type Complete = Omit<WindowsDomainSettings, 'configured'>

export function windowsDomainHandlers(
  dependencies: WindowsDomainRouteDependencies,
): Handlers<typeof api.windowsDomain> {
  const { store, engine, sambaFolder, clock } = dependencies
  return {
    async read() {
      return view(await store.windowsDomain.settings())
    },
    async change({ body, caller }) {
      const complete = completed(body, await store.windowsDomain.settings(), clock())
      const outcome = await store.windowsDomain.changeSettings(complete, caller.actor)
      const saved = changed(outcome, { view, gone: 'The Windows domain does not exist.' })
      await putInForce(engine, { topic: 'target' })
      return view(saved)
    },
    async test({ body }) {
      return testWindowsDomain(completed(body, await store.windowsDomain.settings(), clock()), sambaFolder)
    },
  }
}

/** With the stored password where none was typed, which goes only where it went before. */
function completed(input: WindowsDomainInput, saved: WindowsDomainSettings, now: Date): Complete {
  const caPem = input.caPem === null || input.caPem.trim() === '' ? null : input.caPem
  const { username, password } = input.account
  const isSame = (name: keyof Pick<Complete, 'domain' | 'controllers' | 'tls'>) =>
    JSON.stringify(input[name]) === JSON.stringify(saved[name])
  const mayKeep =
    saved.configured &&
    username === saved.account.username &&
    (['domain', 'controllers', 'tls'] as const).every(isSame) &&
    (caPem ?? '').trim() === (saved.caPem ?? '').trim()
  if (password === undefined && !mayKeep) {
    const again = saved.configured ? ' again, because where it is sent to has changed' : ''
    throw invalidInput({ path: 'account.password', message: `Enter the account’s password${again}.` })
  }
  const complete = { ...input, caPem, account: { username, password: password ?? saved.account.password } }
  const hosts = input.controllers.length > 0 ? input.controllers : [input.domain]
  const faults = validateLdapConfiguration(toLdapConfiguration(complete, hosts), now)
  const shown = faults.flatMap(({ path, message }) => {
    if (path.startsWith('servers')) return [{ path: 'controllers', message }]
    return path === 'caPem' ? [{ path, message }] : []
  })
  if (shown.length > 0) throw invalidInput(...shown)
  return complete
}

function view({ account, controllers, ...rest }: WindowsDomainSettings): WindowsDomainView {
  return {
    ...rest,
    controllers: [...controllers],
    account: { username: account.username, hasPassword: account.password !== '' },
  }
}
