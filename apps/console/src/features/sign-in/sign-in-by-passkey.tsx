/** Signs in by a passkey: both factors in one step. */
import { api, type SessionView } from '@sallyport/contract'
import { call } from '../../lib/api.ts'
import { PasskeyButton, type PasskeyButtonProps } from '../../lib/own-factors/passkey-button.tsx'

export interface SignInByPasskeyProps extends Pick<PasskeyButtonProps, 'onProblem'> {
  readonly onDone: (session: SessionView) => void
}

export function SignInByPasskey({ onDone, onProblem }: SignInByPasskeyProps) {
  return (
    <PasskeyButton
      purpose="sign-in"
      onProblem={onProblem}
      onAnswer={async (body) => onDone(await call(api.session.signInByPasskey, { body }, { whenSignedOut: 'fail' }))}
    />
  )
}
