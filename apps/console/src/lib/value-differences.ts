/** In which fields two versions of the same values differ. */

export interface ValueDifference {
  /** Dotted, as a form names its fields. */
  readonly name: string
  readonly theirs: unknown
  readonly mine: unknown
}

/** Objects are looked into; a list differs as a whole. Absent, null and an empty text are the same: nothing. */
export function valueDifferences(theirs: unknown, mine: unknown, name = ''): readonly ValueDifference[] {
  if (isObject(theirs) && isObject(mine)) {
    const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])]
    return keys.flatMap((key) => valueDifferences(theirs[key], mine[key], name === '' ? key : `${name}.${key}`))
  }
  return same(theirs, mine) ? [] : [{ name, theirs, mine }]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? '') === JSON.stringify(other ?? '')
}
