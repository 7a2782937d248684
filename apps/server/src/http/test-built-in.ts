/** The Test of the target *Built-in users*: one name and password against what is kept here, step by step. */
import type { TestResult, TestTargetInput } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { Passwords } from './session/passwords.ts'

interface Needs {
  readonly builtIn: Pick<Store['builtIn'], 'credentials' | 'settings'>
  readonly passwords: Pick<Passwords, 'verify'>
  readonly clock: () => Date
}

const dayMs = 24 * 60 * 60_000

export async function testBuiltIn(
  { builtIn, passwords, clock }: Needs,
  { username, password }: TestTargetInput,
): Promise<TestResult> {
  const steps: TestResult['steps'] = []
  let startedAt = performance.now()
  const note = (step: string, ok: boolean, message: string) => {
    steps.push({ server: '', step, ok, message, durationMs: Math.round(performance.now() - startedAt) })
    startedAt = performance.now()
    return ok
  }
  const result = () => ({ ok: steps.every(({ ok }) => ok), steps })

  const found = await builtIn.credentials(username)
  if (!found) {
    note('find-user', false, 'Nobody of this name is among the users: add them under Users.')
    return result()
  }
  const { user, hash } = found
  if (!note('find-user', user.enabled, user.enabled ? `Found ${user.username}.` : `${user.username} is disabled.`)) {
    return result()
  }
  if (hash === null) {
    note('password', false, `No password is set for ${user.username}: set one on the user’s page.`)
    return result()
  }
  const right = await passwords.verify(hash, password.normalize('NFC'))
  if (!note('password', right, right ? 'The password is right.' : 'The password is wrong.')) return result()

  const { maximumAgeDays, allowMschapV2 } = await builtIn.settings()
  const kept = user.password
  if (kept?.mustChange === true) note('password-state', false, 'The password must be changed at the next sign-in.')
  else if (kept && maximumAgeDays !== null && clock().getTime() >= kept.changedAt.getTime() + maximumAgeDays * dayMs) {
    note('password-state', false, `The password is older than ${maximumAgeDays} days and has expired.`)
  }
  if (allowMschapV2 && kept?.hasNtHash === false) {
    note(
      'nt-hash',
      true,
      'By PAP only: this password was set before MS-CHAPv2 was allowed. Set it again for MS-CHAPv2.',
    )
  }
  return result()
}
