/** The Tests of the console for what checks passwords, without a name and a password. */
import type { TestResult } from '@sallyport/contract'
import { testLdapConfiguration } from '@sallyport/directory'
import type { Store } from '@sallyport/store'
import { toConfiguration } from '../ldap/to-configuration.ts'
import { testRadiusServer } from '../radius-servers/test-server.ts'
import { withSecrets } from '../radius-servers/with-secrets.ts'
import { testWindowsDomain } from '../windows-domain/test-domain.ts'
import { finding, type Finding } from './finding.ts'

export async function examineTargets(store: Store, sambaFolder: string): Promise<readonly Finding[]> {
  const { kind } = await store.settings.target()
  switch (kind) {
    case 'none':
      return [finding('targets', 'warning', 'No target is chosen: nobody can sign in.', choose)]
    case 'built-in': {
      const { usersWithPassword } = await store.builtIn.counts()
      const message = `Passwords are kept here, of ${usersWithPassword} users.`
      return [finding('targets', usersWithPassword > 0 ? 'good' : 'warning', message)]
    }
    case 'ldap': {
      const ldap = await store.settings.ldap()
      if (!ldap.configured) return [finding('targets', 'bad', 'The directory is not configured.', inDirectory)]
      return findingsOf(await testLdapConfiguration(toConfiguration(ldap)), inDirectory)
    }
    case 'windows-domain': {
      const domain = await store.windowsDomain.settings()
      if (!domain.configured) return [finding('targets', 'bad', 'The Windows domain is not configured.', inRadius)]
      return findingsOf((await testWindowsDomain(domain, sambaFolder)).steps, inRadius)
    }
    case 'radius': {
      const records = await store.radiusServers.list()
      const results = await Promise.all(
        records.map(async (record) => testRadiusServer(await withSecrets(store, record))),
      )
      if (results.length === 0) return [finding('targets', 'bad', 'No RADIUS server is in the list.', inRadius)]
      return findingsOf(
        results.flatMap(({ steps }) => steps),
        inRadius,
      )
    }
  }
}

const choose = 'Choose one in RADIUS Authentication › Target.'
const inDirectory = 'Correct it in Directory Integration › Settings, where Test shows each step.'
const inRadius = 'Correct it in RADIUS Authentication › Target, where Test shows each step.'

function findingsOf(steps: TestResult['steps'], fix: string): readonly Finding[] {
  return steps.map(({ server, step, ok, message }) => {
    const said = `${server === '' ? step : `${server}, ${step}`}: ${message}`
    return ok ? finding('targets', 'good', said) : finding('targets', 'bad', said, fix)
  })
}
