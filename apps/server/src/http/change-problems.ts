/** Unpacks the outcome of a change in the store: its value, or the problem to answer with. */
import type { Change } from '@sallyport/store'
import { ApiProblem } from './problems.ts'

/** What to say about a change that could not be made. */
export interface ChangeWords<T> {
  /** What the caller is shown as `current` when somebody else saved first. */
  readonly view: (current: T) => unknown
  /** What is gone when it is not found: “This user does not exist any more.” */
  readonly gone: string
  /** A sentence for each field that must be unique. */
  readonly taken?: Readonly<Record<string, string>>
}

export function changed<T>(change: Change<T>, words: ChangeWords<T>): T {
  if (change.ok) return change.value
  switch (change.problem) {
    case 'not-found':
      throw new ApiProblem('not-found', { detail: words.gone })
    case 'changed-meanwhile':
      throw new ApiProblem('changed-meanwhile', { current: words.view(change.current) })
    case 'already-exists':
      throw new ApiProblem('already-exists', {
        errors: [{ path: change.field, message: words.taken?.[change.field] ?? 'This is taken already.' }],
      })
  }
}
