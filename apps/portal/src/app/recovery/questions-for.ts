/** The security questions that somebody is offered: in a language that they read, also one that the portal itself does not speak. */
import type { OwnRecovery } from '@sallyport/contract/portal'

type Lists = OwnRecovery['securityQuestions']['questions']

/**
 * In the first of the reader's languages that there are questions in, else in English, else in whichever there is.
 * @param wanted BCP 47 tags in the reader's order
 */
export function questionsFor(lists: Lists, wanted: readonly string[]): readonly string[] {
  const tags = wanted.flatMap((tag) => [tag, tag.split('-', 1)[0] ?? tag])
  const found = [...tags, 'en'].find((tag) => Object.hasOwn(lists, tag))
  return (found === undefined ? Object.values(lists)[0] : lists[found]) ?? []
}
