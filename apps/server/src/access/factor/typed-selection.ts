/** Words by which a person chooses a method: behind the password and a comma, or alone in the place of a code. */
import type { FactorKind } from '@sallyport/contract'

const methods: ReadonlyMap<string, FactorKind> = new Map([
  ['push', 'push'],
  ['app', 'push'],
  ['sms', 'text'],
  ['text', 'text'],
  ['phone', 'call'],
  ['call', 'call'],
  ['token', 'oath'],
  ['code', 'oath'],
  ['email', 'email'],
  ['mail', 'email'],
])

/** Null: the word chooses nothing. */
export function selectedBy(word: string): FactorKind | null {
  return methods.get(word.trim().toLowerCase()) ?? null
}

/** `password,push`; undefined where the text does not end so, or nothing would be left. */
export function splitSelection(
  typed: string,
): { readonly password: string; readonly selected: FactorKind } | undefined {
  const comma = typed.lastIndexOf(',')
  const selected = comma > 0 ? selectedBy(typed.slice(comma + 1)) : null
  return selected === null ? undefined : { password: typed.slice(0, comma), selected }
}
