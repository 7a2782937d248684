/** Says in the reader's language why something was not done. */
import type { PortalProblem } from '../../lib/portal-api.ts'
import { has, t } from '../../lib/words.ts'

/** Keys of a section's own sentences; where it has none for a code, those of every section are taken. */
export interface FailureWords {
  /** What is wrong with a field, such as `pin.wrong.${field}`. */
  readonly wrong: (field: string) => string
  /** Why the API refused, such as `pin.failure.${code}`. */
  readonly failure: (code: string) => string
}

export function failureText({ code, errors }: PortalProblem, words: FailureWords): string {
  const field = errors[0]?.path
  const keys = [
    ...(code === 'invalid-input' && field !== undefined ? [words.wrong(field)] : []),
    words.failure(code),
    `course.failure.${code}`,
  ]
  return t(keys.find(has) ?? 'course.failure.other')
}
