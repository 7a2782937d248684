/** Reads the whole configuration of an installation, in one order and one shape, whatever has become of it. */
import type { StoreRooms } from '@sallyport/store'
import { isSame, valueAt, withValueAt, type Plain } from './plain.ts'
import { type ListName, type ListPart, listParts, type PresentEntry } from './list-parts.ts'
import { type SettingName, type SettingPart, settingParts } from './setting-parts.ts'

/** An entry with what it is called: its key, numbered where several have the same. */
export interface NamedEntry extends PresentEntry {
  readonly name: string
}

export interface PresentConfiguration {
  readonly settings: ReadonlyMap<SettingName, { readonly value: Plain; readonly version: number }>
  readonly lists: ReadonlyMap<ListName, readonly NamedEntry[]>
}

/** Secrets by where they belong: `clients/192.0.2.7/sharedSecret`. */
export type Secrets = ReadonlyMap<string, string>

export const settingNames = Object.keys(settingParts) as readonly SettingName[]
export const listNames = Object.keys(listParts) as readonly ListName[]

export async function readPresent(store: StoreRooms): Promise<PresentConfiguration> {
  const settings = new Map<SettingName, { value: Plain; version: number }>()
  for (const name of settingNames) {
    const part: SettingPart = settingParts[name]
    const { value, version } = await part.read(store)
    settings.set(name, { value: isSame(value, {}) ? value : shaped(part.schema, value, false), version })
  }
  const lists = new Map<ListName, readonly NamedEntry[]>()
  for (const name of listNames) {
    const part: ListPart = listParts[name]
    const entries = (await part.read(store)).map((entry) => ({
      ...entry,
      value: shaped(part.schema, entry.value, part.ofClient),
    }))
    lists.set(name, named(part, entries))
  }
  return { settings, lists }
}

/** The fields of the schema, in its order, as it makes them. Throws where what is saved is not what may be saved. */
export function shaped(schema: SettingPart['schema'], value: Plain, ofClient: boolean): Plain {
  const fields = Object.keys(schema.shape).filter((name) => name !== 'version' && name !== 'clientId')
  const picked = Object.fromEntries(
    fields
      .filter((name) => value[name] !== undefined && !isAbsentSecret(value, name))
      .map((name) => [name, value[name]]),
  )
  const parsed = schema.parse({ ...picked, version: 1, ...(ofClient ? { clientId: null } : {}) })
  const made = withValueAt(withValueAt(parsed, 'version', undefined), 'clientId', undefined)
  return ofClient ? { client: value['client'] ?? null, ...made } : made
}

/** The store says null of a secret that is not there. */
function isAbsentSecret(value: Plain, name: string): boolean {
  return value[name] === null && (name === 'sharedSecret' || name === 'privateKey')
}

/** Those of a part that have the same key are numbered in their order. */
export function named<E extends { readonly value: Plain }>(
  part: ListPart,
  entries: readonly E[],
): readonly (E & { readonly name: string })[] {
  const seen = new Map<string, number>()
  return entries.map((entry) => {
    const key = part.keyOf(entry.value)
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return { ...entry, name: count === 1 ? key : `${key} (${count})` }
  })
}

/** The configuration without its secrets, and these by themselves. */
export function withoutSecrets({ settings, lists }: PresentConfiguration): {
  readonly document: Plain
  readonly secrets: Secrets
} {
  const secrets = new Map<string, string>()
  const document: Record<string, unknown> = {}
  const hide = (value: Plain, paths: readonly string[], place: string): Plain => {
    let shown = value
    for (const path of paths) {
      const secret = valueAt(value, path)
      if (typeof secret === 'string') secrets.set(`${place}/${path}`, secret)
      shown = withValueAt(shown, path, undefined)
    }
    return shown
  }
  for (const [name, { value }] of settings) {
    if (!isSame(value, {})) document[name] = hide(value, settingParts[name].secrets, name)
  }
  for (const [name, entries] of lists) {
    const part: ListPart = listParts[name]
    document[name] = entries.map((entry) => hide(entry.value, entry.secrets ?? part.secrets, `${name}/${entry.name}`))
  }
  return { document, secrets }
}
