/** What the browser does with passkeys: asks one who it is, and makes a new one. */
import { api } from '@sallyport/contract'
import {
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { call } from '../api.ts'
import { problemText } from '../problem-text.ts'
import { t } from '../words.ts'
import './page-words.ts'

type AskInput = Parameters<typeof call<typeof api.session.signInByPasskey>>[1]['body']
type AddInput = Parameters<typeof call<typeof api.account.addPasskey>>[1]['body']

/** The answer of one of the passkeys that the browser knows; for a proof, of one's own. */
export async function askPasskey(purpose: 'sign-in' | 'proof'): Promise<AskInput> {
  const asked = purpose === 'sign-in' ? api.session.passkeyOptions : api.session.proofPasskeyOptions
  const { options } = await call(asked, {}, { whenSignedOut: 'fail' })
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  return { response: await startAuthentication({ optionsJSON }) } as unknown as AskInput
}

/** Makes a new one and hands it to the server. */
export async function makePasskey(name: string): Promise<void> {
  const { options } = await call(api.account.passkeyOptions, {})
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const response = await startRegistration({ optionsJSON })
  await call(api.account.addPasskey, { body: { name, response } as unknown as AddInput })
}

/** What to say of a ceremony that came to nothing. */
export function passkeyProblem(error: unknown): string {
  if (error instanceof WebAuthnError || error instanceof DOMException) return t('own-factors.passkey.notDone')
  return error instanceof Error && error.name === 'NotAllowedError'
    ? t('own-factors.passkey.notDone')
    : problemText(error)
}
