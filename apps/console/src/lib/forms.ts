/** Forms over the contract's schemas: the same checks as the server's, and the server's field errors beside the fields. */
import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, type DefaultValues, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import { ApiProblem } from './api.ts'
import { problemText } from './problem-text.ts'
import { sentence } from './words.ts'

/** A form that checks by a schema of the contract: on leaving a field, then while typing. */
export function useSchemaForm<Values extends FieldValues, Parsed>(
  schema: z.ZodType<Parsed, Values>,
  defaultValues: DefaultValues<Values>,
): UseFormReturn<Values, unknown, Parsed> {
  return useForm<Values, unknown, Parsed>({ resolver: zodResolver(schema), defaultValues, mode: 'onTouched' })
}

export type ErrorTarget<Values extends FieldValues> = Pick<UseFormReturn<Values>, 'setError' | 'getValues'>

/**
 * Puts a problem's field errors beside their fields.
 * @returns what could not be put beside a field, in words; undefined when every error found its field
 */
export function applyProblem<Values extends FieldValues>(
  form: ErrorTarget<Values>,
  error: unknown,
): string | undefined {
  if (!(error instanceof ApiProblem) || error.errors.length === 0) return problemText(error)
  const homeless = error.errors.filter(({ path, message }) => {
    const name = nearestField(form.getValues(), path)
    if (name === undefined) return true
    form.setError(
      name as FieldPath<Values>,
      { type: 'server', message },
      { shouldFocus: error.errors[0]?.path === path },
    )
    return false
  })
  return homeless.length === 0 ? undefined : homeless.map(({ message }) => sentence(message)).join(' ')
}

/** The field at a dotted path, or the nearest one above it: a problem of `servers.3` shows at `servers`. */
function nearestField(values: FieldValues, path: string): string | undefined {
  const steps = path.split('.').filter((step) => step !== '')
  let value: unknown = values
  let found = 0
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !(step in value)) break
    value = (value as Record<string, unknown>)[step]
    found += 1
  }
  return found === 0 ? undefined : steps.slice(0, found).join('.')
}
