/** An authenticator app of an administrator in tests: sets itself up through the API, and shows its code. */
import { decodeBase32 } from '../../oath/otpauth.ts'
import { totpCode } from '../../oath/totp.ts'
import { appToken } from '../session/second-factor.ts'
import { cookieOf, type Answer, type TestConsole } from './console.ts'

export interface OwnTotp {
  /** The answer to the code that confirmed it. */
  readonly confirmed: Answer
  /** The cookie after that: another one where a sign-in was done by it. */
  readonly cookie: string
  readonly recoveryCodes: readonly string[]
  /** What it shows at the console's time. */
  readonly code: () => string
}

/** Moves the clock by half a minute, so that the code that was used up is not the one that comes next. */
export async function setUpTotp(console: TestConsole, cookie: string): Promise<OwnTotp> {
  const drawn = await console.call('POST', '/api/account/totp', { cookie })
  const secret = decodeBase32(String(drawn.body['secret']))
  if (secret === undefined) throw new Error(`no secret was drawn: ${drawn.text}`)
  const code = () => totpCode({ ...appToken, secret }, console.now().getTime())
  const confirmed = await console.call('POST', '/api/account/totp/confirm', { cookie, body: { code: code() } })
  console.pass(30_000)
  return {
    confirmed,
    cookie: confirmed.headers['set-cookie'] === undefined ? cookie : cookieOf(confirmed),
    recoveryCodes: (confirmed.body['recoveryCodes'] ?? []) as string[],
    code,
  }
}
