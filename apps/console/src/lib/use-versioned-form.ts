/** A form over what has a version: it saves over the version that it began with, and loses nothing where somebody else saved first. */
import { useState } from 'react'
import type { DefaultValues, FieldValues, UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import { useSchemaForm } from './forms.ts'
import { attemptSave, followed } from './versioned-save.ts'

export interface VersionedFormOptions<
  Values extends FieldValues,
  Parsed,
  Current extends { readonly version: number } | undefined,
> {
  readonly schema: z.ZodType<Parsed, Values>
  /** What stands now, as the server says it: it follows the list. Undefined: nothing yet, the form adds. */
  readonly current: Current
  readonly valuesOf: (current: NoInfer<Current>) => Values
  /** Saves over a state that is known: its `version` is what the server compares. */
  readonly save: (values: Parsed, over: NoInfer<Current>) => Promise<NonNullable<NoInfer<Current>>>
  /** Once it is saved, and the form goes on from there. */
  readonly onSaved: (saved: NonNullable<NoInfer<Current>>, values: NoInfer<Parsed>) => void
  /** The fields that are wrong, here or by the server. */
  readonly onWrong?: (fields: readonly string[]) => void
  /** For a form that stays open beside others over the same thing: whether two states say the same of what it holds. It then follows them. */
  readonly isSame?: (one: Current, other: Current) => boolean
}

/** What `VersionedNotices` says. */
export interface VersionedState<Values extends FieldValues, Parsed> {
  readonly form: UseFormReturn<Values, unknown, Parsed>
  readonly problem: string | undefined
  readonly conflict: boolean
  /** What stands now, as the form would show it. */
  readonly theirs: Values
  /** Drops what was typed for what stands now. */
  readonly takeTheirs: () => void
  /** Saves over what somebody else saved. */
  readonly saveMine: () => void
}

export function useVersionedForm<
  Values extends FieldValues,
  Parsed,
  Current extends { readonly version: number } | undefined,
>(options: VersionedFormOptions<Values, Parsed, Current>) {
  const { schema, current, valuesOf, save, onSaved, onWrong, isSame } = options
  const form = useSchemaForm(schema, valuesOf(current) as DefaultValues<Values>)
  const [base, setBase] = useState(current)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)

  const start = (from: Current) => {
    setBase(from)
    setProblem(undefined)
    setConflict(false)
    form.reset(valuesOf(from))
  }
  if (isSame !== undefined && !form.formState.isSubmitting && !conflict) {
    const next = followed({ base, current, isSame, isDirty: form.formState.isDirty })
    if (next === 'version') setBase(current)
    if (next === 'restart') start(current)
  }
  /** Whatever else is done with the values, such as their test: its problems are shown like those of a save. */
  const attempt = async (act: () => Promise<void>) => {
    setProblem(undefined)
    setConflict(false)
    const outcome = await attemptSave(form, act)
    setProblem(outcome.problem)
    setConflict(outcome.conflict)
    if (outcome.wrong.length > 0) onWrong?.(outcome.wrong)
  }
  const saveOver = (over: Current) =>
    form.handleSubmit(
      (values) =>
        attempt(async () => {
          const saved = await save(values, over)
          start(saved)
          onSaved(saved, values)
        }),
      (errors) => onWrong?.(Object.keys(errors)),
    )
  const notices: VersionedState<Values, Parsed> = {
    ...{ form, problem },
    conflict: conflict && current !== undefined,
    theirs: valuesOf(current),
    takeTheirs: () => start(current),
    saveMine: () => void saveOver(current)(),
  }
  return {
    form,
    notices,
    attempt,
    /** What the form began with: a test of its values is over this version. */
    base,
    save: saveOver(base),
    /** Drops what was typed. */
    reset: () => start(current),
  }
}
