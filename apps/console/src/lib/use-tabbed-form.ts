/** A form of settings over several tabs: one save, and the first error brought to the front. */
import { notifyDone } from '@sallyport/ui'
import type { FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import { useVersionedForm } from './use-versioned-form.ts'

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
  const { form, notices, save, reset } = useVersionedForm<Values, Parsed, Settings>({
    ...{ schema, valuesOf, current: settings },
    save: (values, { version }) => change.mutateAsync({ values, version }),
    onSaved: () => notifyDone(savedText),
    onWrong: (fields) => {
      const wrong = new Set(fields.map(tabOf))
      const first = tabs.find((tab) => wrong.has(tab))
      if (first !== undefined) show(first)
    },
  })
  return { form, notices, saving: change.isPending, save, reset }
}
