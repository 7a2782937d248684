/** What comes of a save that somebody else may have been ahead of, and when a form follows what others save. */
import type { FieldValues } from 'react-hook-form'
import { ApiProblem } from './api.ts'
import { applyProblem, type ErrorTarget } from './forms.ts'

export interface SaveOutcome {
  /** In words, for the top of the form; undefined where all went well, or each error stands beside its field. */
  readonly problem: string | undefined
  /** Somebody else saved first. */
  readonly conflict: boolean
  /** The paths of the fields that the server refused. */
  readonly wrong: readonly string[]
}

/** Tries an act of a form: what fails is put beside the fields, and said. */
export async function attemptSave<Values extends FieldValues>(
  form: ErrorTarget<Values>,
  act: () => Promise<void>,
): Promise<SaveOutcome> {
  try {
    await act()
    return { problem: undefined, conflict: false, wrong: [] }
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'changed-meanwhile')
      return { problem: undefined, conflict: true, wrong: [] }
    const wrong = error instanceof ApiProblem ? error.errors.map(({ path }) => path) : []
    return { problem: applyProblem(form, error), conflict: false, wrong }
  }
}

export interface Standing<Current> {
  /** What the form began with. */
  readonly base: Current
  /** What stands now. */
  readonly current: Current
  readonly isDirty: boolean
  /** Whether two states say the same of what the form holds. */
  readonly isSame: (one: Current, other: Current) => boolean
}

/**
 * What a form does about a newer state. A save that touched none of its fields is no conflict, and with nothing typed none is.
 * @returns `version`: go on over the newer version; `restart`: show the newer values; `keep`: leave it to the save to tell
 */
export function followed<Current extends { readonly version: number } | undefined>(
  standing: Standing<Current>,
): 'keep' | 'version' | 'restart' {
  const { base, current, isDirty, isSame } = standing
  if (current?.version === base?.version) return 'keep'
  if (isSame(current, base)) return 'version'
  return isDirty ? 'keep' : 'restart'
}
