/** Reads whom the directory has, item by item: all of everybody, or of those alone who are new or have changed. */
import { membersOf, type DirectoryEntry, type DirectoryReader } from '@sallyport/directory'
import type { SyncItem } from '@sallyport/contract'
import type { SyncRoom } from '@sallyport/store/directory-sync'

import { attributesFor, mapEntry, seenAttributesFor, seenPerson, type MapOptions } from './map-entry.ts'

export interface ReadOptions {
  readonly room: SyncRoom
  readonly reader: DirectoryReader
  /** Everybody is read whole. */
  readonly isFull: boolean
  /** Called between pages, with how many were found so far. */
  readonly onPage: (found: number) => Promise<void>
}

/** Entries that are read one by one at a time: OpenLDAP takes up to a hundred requests that wait. */
const atOnce = 48

/** Nothing is believed that is not whole. @throws LdapFailure */
export async function readDirectory({ room, reader, isFull, onPage }: ReadOptions): Promise<void> {
  const { settings } = room
  const options: MapOptions = { mapping: settings.mapping, countryCode: settings.countryCode, facts: reader.facts }
  const everything = attributesFor(options)
  for (const [position, item] of settings.items.entries()) {
    for await (const page of entriesOf(room, reader, item, isFull ? everything : seenAttributesFor(options))) {
      if (isFull) stage(room, page, position, options)
      else {
        const changed = changedAmong(room, page, position, options)
        for (let from = 0; from < changed.length; from += atOnce) {
          const dns = changed.slice(from, from + atOnce)
          const entries = await Promise.all(dns.map((dn) => reader.entry(dn, settings.userFilter, everything)))
          const found = entries.filter((entry) => entry !== undefined)
          stage(room, found, position, options)
        }
      }
      await onPage(room.found())
    }
  }
}

function entriesOf(
  { settings }: SyncRoom,
  reader: DirectoryReader,
  { kind, dn }: SyncItem,
  attributes: readonly string[],
): AsyncIterable<readonly DirectoryEntry[]> {
  const { userFilter, groupFilter } = settings
  return kind === 'container'
    ? reader.pages({ baseDn: dn, scope: 'sub', filter: userFilter, attributes })
    : membersOf(reader, { groupDn: dn, personFilter: userFilter, groupFilter, attributes })
}

function stage(room: SyncRoom, entries: readonly DirectoryEntry[], position: number, options: MapOptions): void {
  const mapped = entries.map((entry) => mapEntry(entry, options))
  room.stage(
    mapped.flatMap((person) => ('refused' in person ? [] : [person])),
    position,
  )
  room.refuse(mapped.flatMap((person) => ('refused' in person ? [person.refused] : [])))
}

/** The DNs of those who have to be read; who can be nobody is read too, to be named as such. */
function changedAmong(
  room: SyncRoom,
  page: readonly DirectoryEntry[],
  position: number,
  options: MapOptions,
): readonly string[] {
  const seen = page.map((entry) => seenPerson(entry, options))
  const wanted = new Set(
    room.note(
      seen.filter((person) => person !== undefined),
      position,
    ),
  )
  return page
    .filter((_, at) => {
      const person = seen[at]
      return person === undefined || wanted.has(person.directoryId)
    })
    .map(({ dn }) => dn)
}
