/** A sign-in's result in words, with a mark whose shape differs as well as its colour. */
import type { SignInResult } from '@sallyport/contract'
import { StatusDot } from '@sallyport/ui'
import { resultStates, resultText } from './sign-in-words.ts'

export function Verdict({ result, size = 'sm' }: { readonly result: SignInResult; readonly size?: 'sm' | 'lg' }) {
  return (
    <StatusDot state={resultStates[result]} size={size}>
      {resultText(result)}
    </StatusDot>
  )
}
