/** Which values a chosen vendor profile puts into a form, and which it leaves alone because somebody typed them. */
import type { SuggestedValues } from '@sallyport/contract'

export type SuggestedField = keyof SuggestedValues
export const suggestedFields = [
  'deviceTimeoutSeconds',
  'canBeChallenged',
  'factorMode',
  'messageAuthenticator',
] as const satisfies readonly SuggestedField[]

export type FieldValues = Readonly<Partial<Record<SuggestedField, unknown>>>

/**
 * @param present what the form says
 * @param untouched what it said when nobody had typed yet: as it opened, or as the profile before left it
 * @returns `put`: the values to change; `before`: what they replace; `untouched`: what counts as untyped from now on
 */
export function applyProfile(present: FieldValues, untouched: FieldValues, suggests: SuggestedValues) {
  const free = suggestedFields.filter((field) => present[field] === untouched[field])
  const changing = free.filter((field) => present[field] !== suggests[field])
  return {
    put: pick(changing, suggests),
    before: pick(changing, present),
    untouched: { ...untouched, ...pick(free, suggests) },
  }
}

function pick(fields: readonly SuggestedField[], from: FieldValues): FieldValues {
  return Object.fromEntries(fields.map((field) => [field, from[field]]))
}
