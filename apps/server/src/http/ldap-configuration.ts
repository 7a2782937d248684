/** Between the LDAP settings as they are typed, and the directory package that validates and tests them. */
import type { LdapInput, TestResult } from '@sallyport/contract'
import {
  testLdapConfiguration,
  validateLdapConfiguration,
  type LdapConfiguration,
  type TestCredentials,
} from '@sallyport/directory'
import type { LdapSettings } from '@sallyport/store'
import { toConfiguration } from '../ldap/to-configuration.ts'
import { invalidInput } from './problems.ts'

type CompleteSettings = Omit<LdapSettings, 'configured'>

/**
 * What was typed, complete with the stored password where none was typed, and valid.
 *
 * A stored password goes only where it has gone before: whoever may change the settings may not thereby have it sent to
 * a server of their own, or in clear where it was encrypted.
 * @throws ApiProblem `invalid-input` with the fields at fault
 */
export function completeLdapInput(input: LdapInput, saved: LdapSettings, now: Date): CompleteSettings {
  const caPem = input.caPem === null || input.caPem.trim() === '' ? null : input.caPem
  const complete: CompleteSettings = { ...input, caPem, queryBind: completeQueryBind(input, saved) }
  const faults = validateLdapConfiguration(toConfiguration(complete), now)
  if (faults.length > 0) throw invalidInput(...faults)
  return complete
}

/** Tries a configuration, step by step. */
export async function runLdapTest(
  configuration: LdapConfiguration,
  credentials?: TestCredentials,
): Promise<TestResult> {
  const steps = await testLdapConfiguration(configuration, credentials)
  return { ok: steps.every((step) => step.ok), steps }
}

function completeQueryBind(input: LdapInput, saved: LdapSettings): CompleteSettings['queryBind'] {
  const { queryBind } = input
  if (queryBind.kind === 'anonymous') return queryBind
  const { dn, password } = queryBind
  if (password !== undefined) return { kind: 'simple', dn, password }
  const stored = saved.queryBind
  if (!saved.configured || stored.kind !== 'simple') throw passwordNeeded('Enter the bind password.')
  const difference = whatChanged(input, saved, dn === stored.dn)
  if (difference !== null) throw passwordNeeded(`Enter the bind password again, because ${difference} changed.`)
  return { kind: 'simple', dn, password: stored.password }
}

function whatChanged(input: LdapInput, saved: LdapSettings, sameDn: boolean): string | null {
  const addresses = ({ servers }: Pick<LdapSettings, 'servers'>) => JSON.stringify(servers.map(({ url }) => url))
  if (addresses(input) !== addresses(saved)) return 'the servers'
  if (input.tls !== saved.tls) return 'the encryption'
  if ((input.caPem ?? '').trim() !== (saved.caPem ?? '').trim()) return 'the certificate authority'
  if (!sameDn) return 'the bind DN'
  return null
}

function passwordNeeded(message: string) {
  return invalidInput({ path: 'queryBind.password', message })
}
