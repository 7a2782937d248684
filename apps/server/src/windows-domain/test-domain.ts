/** The Test of the target *Windows domain*: its controllers, the lookup, a sign-in where one was typed, and this machine. */
import type { TestResult, TestTargetInput } from '@sallyport/contract'
import { createLdapTarget, testLdapConfiguration, type LdapConfiguration } from '@sallyport/directory'
import type { WindowsDomainSettings } from '@sallyport/store'
import { createSrvResolver, findControllers, toLdapConfiguration } from './controllers.ts'
import { diagnoseHost } from './diagnose.ts'
import { searchedNames } from './names.ts'

type Settings = Omit<WindowsDomainSettings, 'configured'>

export async function testWindowsDomain(
  settings: Settings,
  sambaFolder: string,
  credentials?: TestTargetInput,
): Promise<TestResult> {
  const steps: TestResult['steps'] = []
  const startedAt = performance.now()
  const note = (step: string, ok: boolean, message: string) =>
    steps.push({ server: '', step, ok, message, durationMs: Math.round(performance.now() - startedAt) })

  const hosts = await findControllers(settings, createSrvResolver()).catch(() => [])
  if (hosts.length === 0) {
    const question = `_ldap._tcp.dc._msdcs.${settings.domain}`
    note(
      'controllers',
      false,
      `DNS names no domain controller (${question}): let this machine ask the domain’s DNS, or name them.`,
    )
    return { ok: false, steps }
  }
  note('controllers', true, `${settings.controllers.length > 0 ? 'Named' : 'Found by DNS'}: ${hosts.join(', ')}.`)

  const configuration = toLdapConfiguration(settings, hosts)
  const names = credentials ? searchedNames(credentials.username, settings) : []
  if (credentials && names.length === 0) {
    note('find-user', false, `${credentials.username} is a name of another domain than ${settings.netbiosName}.`)
    return { ok: false, steps }
  }
  const found = await firstFound(configuration, names)
  const username = found?.name ?? names[0]
  const signIn = credentials && username !== undefined ? { username, password: credentials.password } : undefined
  steps.push(...(await testLdapConfiguration(configuration, signIn)))
  if (settings.mschapV2) {
    const account =
      credentials && found?.accountName ? { accountName: found.accountName, password: credentials.password } : undefined
    const host = await diagnoseHost({
      sambaFolder,
      netbiosName: settings.netbiosName,
      ...(account ? { credentials: account } : {}),
    })
    steps.push(...host.map((step) => ({ ...step, server: '' })))
  }
  return { ok: steps.every(({ ok }) => ok), steps }
}

/** Which way of writing the name is somebody, and their account's name. */
async function firstFound(
  configuration: LdapConfiguration,
  names: readonly string[],
): Promise<{ readonly name: string; readonly accountName: string | undefined } | undefined> {
  if (names.length === 0) return undefined
  const target = createLdapTarget(configuration)
  try {
    for (const name of names) {
      const outcome = await target.find(name, { deadlineMs: 10_000 })
      if (outcome.kind === 'ok') return { name, accountName: outcome.attributes?.['sAMAccountName']?.[0] }
    }
    return undefined
  } finally {
    await target.close()
  }
}
