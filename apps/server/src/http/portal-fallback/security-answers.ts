/** Answers to security questions: folded, so that nobody fails for a capital letter, and looked at before they are taken. */
import type { FieldProblem, PortalFallbackSettings } from '@sallyport/contract'
import { accountPart } from '@sallyport/store'

export interface GivenAnswer {
  readonly question: string
  readonly answer: string
}

/** Case, spaces and compatibility forms count for nothing. */
export function foldAnswer(answer: string): string {
  return answer.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s/g, '')
}

type Rules = Pick<PortalFallbackSettings, 'questionsToSet' | 'answerLength' | 'questions'>

/** What is wrong with them, by field; none: they can be kept. */
export function problemsWith(
  given: readonly GivenAnswer[],
  { questionsToSet, answerLength, questions }: Rules,
  { username, email }: { readonly username: string; readonly email: string },
): readonly FieldProblem[] {
  if (given.length !== questionsToSet) return [{ path: 'answers', message: `Answer ${questionsToSet} questions.` }]
  const known = new Set(Object.values(questions).flat())
  const own = new Set([username, accountPart(username), email].map(foldAnswer))
  const chosen = new Set<string>()
  const answered = new Set<string>()
  return given.flatMap(({ question, answer }, index) => {
    const errors: FieldProblem[] = []
    const wrong = (field: 'question' | 'answer', message: string) =>
      errors.push({ path: `answers.${index}.${field}`, message })
    const folded = foldAnswer(answer)
    if (!known.has(question)) wrong('question', 'Choose a question of the list.')
    else if (chosen.has(question)) wrong('question', 'Each question once.')
    if (Array.from(folded).length < answerLength) wrong('answer', `At least ${answerLength} characters.`)
    else if (own.has(folded)) wrong('answer', 'Not your own name.')
    else if (foldAnswer(question).includes(folded)) wrong('answer', 'Not what the question says itself.')
    else if (answered.has(folded)) wrong('answer', 'Each answer once.')
    chosen.add(question)
    answered.add(folded)
    return errors
  })
}
