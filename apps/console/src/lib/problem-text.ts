/** Says in words what went wrong with a call. */
import { ApiProblem } from './api.ts'
import { sentence, t } from './words.ts'

/** The server's own sentence where it has one, else the catalogue's for the code. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('problems.unexpected')
  const first = error.errors[0]
  if (error.code === 'invalid-input' && first !== undefined) return sentence(first.message)
  return error.detail === undefined ? t(`problems.${error.code}`) : sentence(error.detail)
}
