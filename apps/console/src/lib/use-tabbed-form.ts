/** A form of settings over several tabs: one save, the first error brought to the front, and what is done when somebody else saved first. */
import { notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import type { DefaultValues, FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import { ApiProblem } from './api.ts'
import { applyProblem, useSchemaForm } from './forms.ts'

interface Versioned {
  readonly version: number
}

export interface TabbedFormOptions<Settings extends Versioned, Values extends FieldValues, Parsed, Tab> {
  readonly settings: Settings
  readonly schema: z.ZodType<Parsed, Values>
  readonly valuesOf: (settings: Settings) => Values
  readonly change: {
    readonly mutateAsync: (input: { readonly values: Parsed; readonly version: number }) => Promise<Settings>
    readonly isPending: boolean
  }
  /** Said once it is saved. */
  readonly savedText: string
  /** In their order. */
  readonly tabs: readonly Tab[]
  readonly tabOf: (field: string) => Tab
  /** Brings a tab to the front: the one where the first error is. */
  readonly show: (tab: Tab) => void
}

export function useTabbedForm<Settings extends Versioned, Values extends FieldValues, Parsed, Tab>({
  settings,
  schema,
  valuesOf,
  change,
  savedText,
  tabs,
  tabOf,
  show,
}: TabbedFormOptions<Settings, Values, Parsed, Tab>) {
  const defaultsOf = (from: Settings) => valuesOf(from) as DefaultValues<Values>
  const form = useSchemaForm(schema, defaultsOf(settings))
  const [version, setVersion] = useState(settings.version)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)

  const showFirst = (fields: readonly string[]) => {
    const wrong = new Set(fields.map(tabOf))
    const first = tabs.find((tab) => wrong.has(tab))
    if (first !== undefined) show(first)
  }
  const saveWith = (sentVersion: number) =>
    form.handleSubmit(
      async (values) => {
        setProblem(undefined)
        setConflict(false)
        try {
          const saved = await change.mutateAsync({ values, version: sentVersion })
          setVersion(saved.version)
          form.reset(valuesOf(saved))
          notifyDone(savedText)
        } catch (error) {
          if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
          else {
            setProblem(applyProblem(form, error))
            if (error instanceof ApiProblem) showFirst(error.errors.map(({ path }) => path))
          }
        }
      },
      (errors) => showFirst(Object.keys(errors)),
    )
  const reset = () => {
    setProblem(undefined)
    setConflict(false)
    setVersion(settings.version)
    form.reset(valuesOf(settings))
  }
  return {
    form,
    /** What stands now, as the form would show it. */
    theirs: valuesOf(settings),
    problem,
    conflict,
    saving: change.isPending,
    save: saveWith(version),
    saveMine: () => saveWith(settings.version)(),
    reset,
  }
}
