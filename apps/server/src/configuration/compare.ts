/** What a file would change: pure, so that it is the same whether it is only shown or done. */
import type { WantedConfiguration } from './file.ts'
import { isPlain, isSame, valueAt, withValueAt, type Plain } from './plain.ts'
import { type ListName, type ListPart, listParts } from './list-parts.ts'
import { settingParts } from './setting-parts.ts'
import type { NamedEntry, PresentConfiguration, Secrets } from './present.ts'

export interface Difference {
  readonly kind: 'added' | 'changed' | 'removed' | 'reordered'
  /** `company`, or `clients: 192.0.2.7`. */
  readonly what: string
  /** Of a secret only that it changes. */
  readonly fields: readonly { readonly path: string; readonly before: string; readonly after: string }[]
}

/** The wanted value with its secrets: the file's own, those that were sealed in it, else the present ones. */
export function withSecretsOf(
  wanted: Plain,
  paths: readonly string[],
  { place, sealed, present }: { readonly place: string; readonly sealed: Secrets; readonly present: Plain },
): Plain {
  let complete = wanted
  for (const path of paths) {
    if (valueAt(wanted, path) !== undefined) continue
    const secret = sealed.get(`${place}/${path}`) ?? valueAt(present, path)
    if (typeof secret === 'string') complete = withValueAt(complete, path, secret)
  }
  return complete
}

export function differencesBetween(
  present: PresentConfiguration,
  wanted: WantedConfiguration,
  sealed: Secrets,
): readonly Difference[] {
  const found: Difference[] = []
  for (const [name, value] of wanted.settings) {
    const before = present.settings.get(name)?.value ?? {}
    const { secrets } = settingParts[name]
    const after = withSecretsOf(value, secrets, { place: name, sealed, present: before })
    const fields = fieldsBetween(before, after, secrets)
    if (fields.length > 0) found.push({ kind: 'changed', what: name, fields })
  }
  for (const [name, entries] of wanted.lists)
    found.push(...inList(name, present.lists.get(name) ?? [], entries, sealed))
  return found
}

function inList(
  name: ListName,
  present: readonly NamedEntry[],
  wanted: readonly { readonly name: string; readonly value: Plain }[],
  sealed: Secrets,
): readonly Difference[] {
  const part: ListPart = listParts[name]
  const found: Difference[] = []
  for (const entry of wanted) {
    const what = `${name}: ${entry.name}`
    const before = present.find((each) => each.name === entry.name)
    const place = `${name}/${entry.name}`
    const after = withSecretsOf(entry.value, part.secrets, { place, sealed, present: before?.value ?? {} })
    const secrets = before?.secrets ?? part.secrets
    if (before === undefined) found.push({ kind: 'added', what, fields: fieldsBetween({}, after, part.secrets) })
    else {
      const fields = fieldsBetween(before.value, after, secrets)
      if (fields.length > 0) found.push({ kind: 'changed', what, fields })
    }
  }
  for (const entry of present) {
    if (wanted.some((each) => each.name === entry.name)) continue
    found.push({ kind: 'removed', what: `${name}: ${entry.name}`, fields: [] })
  }
  if (!isSame(orderOf(part, present, wanted), orderOf(part, wanted, present))) {
    found.push({ kind: 'reordered', what: name, fields: [] })
  }
  return found
}

/** The names that are in both, in the order of the first, by what is ordered together. */
function orderOf(
  { orderedBy }: ListPart,
  entries: readonly { readonly name: string; readonly value: Plain }[],
  others: readonly { readonly name: string }[],
): unknown {
  if (orderedBy === null) return []
  const groups: Record<string, string[]> = {}
  for (const { name, value } of entries) {
    if (others.some((each) => each.name === name)) (groups[orderedBy(value)] ??= []).push(name)
  }
  return Object.entries(groups).sort(([one], [other]) => (one < other ? -1 : 1))
}

function fieldsBetween(before: Plain, after: Plain, secrets: readonly string[]): Difference['fields'] {
  const found: Difference['fields'][number][] = []
  const walk = (path: string, one: unknown, other: unknown) => {
    if (isSame(one, other)) return
    if (secrets.includes(path))
      found.push({ path, before: one === undefined ? '' : hidden, after: other === undefined ? '' : hidden })
    else if (isPlain(one) || isPlain(other)) {
      const [left, right] = [isPlain(one) ? one : {}, isPlain(other) ? other : {}]
      for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
        walk(path === '' ? name : `${path}.${name}`, left[name], right[name])
      }
    } else found.push({ path, before: shown(one), after: shown(other) })
  }
  walk('', before, after)
  return found
}

const hidden = '(secret)'
const longest = 200

function shown(value: unknown): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value)
  const [first = ''] = text.split('\n')
  const isCut = first.length > longest || text.includes('\n')
  return isCut ? `${first.slice(0, longest)}…` : first
}
