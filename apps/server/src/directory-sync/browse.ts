/** Looks around in the directory: the entries directly below one, in pages. A page's connection waits a while for whoever wants the next. */
import type { BrowsePage, SyncSettings } from '@sallyport/contract'
import {
  isFilter,
  openDirectoryReader,
  valuesOf,
  type DirectoryEntry,
  type DirectoryReader,
} from '@sallyport/directory'
import type { LdapSettings } from '@sallyport/store'

import { toConfiguration } from '../ldap/to-configuration.ts'
import { answerInTime, createReaderShelf } from './reader-shelf.ts'

export interface Browser {
  /** @throws LdapFailure; undefined where the cursor is too old */
  page(dn: string, cursor: string | undefined): Promise<BrowsePage | undefined>
  close(): void
}

interface Kept {
  readonly reader: DirectoryReader
  readonly dn: string
  readonly cookie: Buffer
}

type Settings = Pick<SyncSettings, 'userFilter' | 'groupFilter' | 'containerFilter'>
type Kind = BrowsePage['entries'][number]['kind']

const pageSize = 100
const attributes = ['objectClass', 'name', 'cn', 'ou']

export function createBrowser(read: () => Promise<{ ldap: LdapSettings; settings: Settings }>): Browser {
  const shelf = createReaderShelf<Kept>()

  async function answer(
    reader: DirectoryReader,
    dn: string,
    cookie: Buffer | undefined,
    settings: Settings,
  ): Promise<BrowsePage> {
    return answerInTime(reader, async () => {
      const query = { baseDn: dn, scope: 'one', filter: '(objectClass=*)', attributes, pageSize } as const
      const { entries, cookie: next } = await reader.page(query, cookie)
      const kindOf = await kindsOf(reader, entries, settings)
      const nextCursor = next.length === 0 ? null : shelf.keep({ reader, dn, cookie: next })
      if (nextCursor === null) reader.close()
      return {
        entries: entries.map((entry) => ({ dn: entry.dn, name: nameOf(entry), kind: kindOf(entry) })),
        nextCursor,
      }
    })
  }

  return {
    async page(dn, cursor) {
      const { ldap, settings } = await read()
      if (cursor !== undefined) {
        const found = shelf.take(cursor)
        if (found === undefined || found.dn !== dn) {
          found?.reader.close()
          return undefined
        }
        return answer(found.reader, dn, found.cookie, settings)
      }
      const reader = await openDirectoryReader(toConfiguration(ldap))
      if (dn !== '') return answer(reader, dn, undefined, settings)
      reader.close()
      const roots = [...new Set([ldap.baseDn, ...reader.facts.namingContexts])].filter((root) => root !== '')
      return { entries: roots.map((root) => ({ dn: root, name: root, kind: 'container' })), nextCursor: null }
    },
    close: () => shelf.close(),
  }
}

/** The directory itself says which of them its filters match: nobody else knows all that a filter can mean. */
async function kindsOf(
  reader: DirectoryReader,
  entries: readonly DirectoryEntry[],
  { userFilter, groupFilter, containerFilter }: Settings,
): Promise<(entry: DirectoryEntry) => Kind> {
  const kinds = new Map<string, Kind>()
  const wanted = new Set(entries.map((entry) => entry.dn))
  for (const [kind, filter] of [
    ['person', userFilter],
    ['group', groupFilter],
    ['container', containerFilter],
  ] as const) {
    if (!isFilter(filter)) continue
    const unknown = entries.filter((entry) => !kinds.has(entry.dn))
    const found = await Promise.all(unknown.map((entry) => reader.entry(entry.dn, filter, ['1.1'])))
    for (const entry of found) if (entry !== undefined && wanted.has(entry.dn)) kinds.set(entry.dn, kind)
  }
  return (entry) => kinds.get(entry.dn) ?? 'other'
}

function nameOf(entry: DirectoryEntry): string {
  const [name] = [...valuesOf(entry, 'name'), ...valuesOf(entry, 'ou'), ...valuesOf(entry, 'cn')]
  return name ?? entry.dn.split(/(?<!\\),/)[0] ?? entry.dn
}
