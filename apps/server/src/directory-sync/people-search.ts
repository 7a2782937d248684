/** Looks for people in the directory: by words of their names, below a container or in a group, page by page. */
import type { PeopleSearch, SyncSettings } from '@sallyport/contract'
import {
  escapeFilterValue,
  membersOf,
  openDirectoryReader,
  type DirectoryEntry,
  type DirectoryReader,
} from '@sallyport/directory'
import type { LdapSettings } from '@sallyport/store'

import type { PeopleInDirectory } from '../bus/people-in-directory.ts'
import { toConfiguration } from '../ldap/to-configuration.ts'
import { attributesFor, mapEntry } from './map-entry.ts'
import { answerInTime, createReaderShelf } from './reader-shelf.ts'

interface Reading {
  readonly reader: DirectoryReader
  readonly search: PeopleSearch
  readonly settings: SyncSettings
  readonly pages: AsyncGenerator<readonly DirectoryEntry[]>
  rest: readonly DirectoryEntry[]
}

const pageSize = 50
const countedPage = 1000
const mostCounted = 5000
const mostWords = 8
const importWithinMs = 5 * 60_000
/** Read one by one at a time: OpenLDAP takes up to a hundred requests that wait. */
const atOnce = 48
const isSame = (one: PeopleSearch, other: PeopleSearch) =>
  one.search === other.search && one.within === other.within && one.withinKind === other.withinKind

export function createPeopleSearch(
  read: () => Promise<{ readonly ldap: LdapSettings; readonly settings: SyncSettings }>,
): PeopleInDirectory & { close(): void } {
  const shelf = createReaderShelf<Reading>()

  async function open({ search, within, withinKind }: PeopleSearch): Promise<Reading> {
    const { ldap, settings } = await read()
    const reader = await openDirectoryReader(toConfiguration(ldap))
    const attributes = attributesFor({ mapping: settings.mapping, facts: reader.facts })
    const from = { search, within, withinKind }
    return { reader, search: from, settings, pages: peopleIn(reader, ldap, settings, from, attributes), rest: [] }
  }

  async function pageOf(reading: Reading) {
    const { reader, settings, pages } = reading
    const found = [...reading.rest]
    let isOver = false
    while (found.length < pageSize && !isOver) {
      const next = await pages.next()
      if (next.done === true) isOver = true
      else found.push(...next.value)
    }
    reading.rest = found.splice(pageSize)
    const options = { ...settings, facts: reader.facts }
    const hasMore = !isOver || reading.rest.length > 0
    if (!hasMore) reader.close()
    const people = found.map((entry) => ({ entry, person: mapEntry(entry, options) }))
    return { people, nextCursor: hasMore ? shelf.keep(reading) : null }
  }

  return {
    async page(search, cursor) {
      if (cursor === undefined) {
        const reading = await open(search)
        return answerInTime(reading.reader, () => pageOf(reading))
      }
      const reading = shelf.take(cursor)
      if (reading === undefined || !isSame(reading.search, search)) {
        reading?.reader.close()
        return undefined
      }
      return answerInTime(reading.reader, () => pageOf(reading))
    },

    async count(search) {
      const { ldap, settings } = await read()
      const reader = await openDirectoryReader(toConfiguration(ldap))
      return answerInTime(reader, async () => {
        let count = 0
        for await (const page of peopleIn(reader, ldap, settings, search, ['1.1'], countedPage)) {
          count += page.length
          if (count > mostCounted) break
        }
        reader.close()
        return { count: Math.min(count, mostCounted), isAll: count <= mostCounted }
      })
    },

    async *read(whom, countryCode) {
      const { ldap, settings } = await read()
      const reader = await openDirectoryReader(toConfiguration(ldap), AbortSignal.timeout(importWithinMs))
      const options = { mapping: settings.mapping, countryCode, facts: reader.facts }
      const attributes = attributesFor(options)
      try {
        if (whom.kind === 'all') {
          for await (const page of peopleIn(reader, ldap, settings, whom, attributes, 500)) {
            yield page.map((entry) => mapEntry(entry, options))
          }
          return
        }
        for (let from = 0; from < whom.dns.length; from += atOnce) {
          const dns = whom.dns.slice(from, from + atOnce)
          const entries = await Promise.all(dns.map((dn) => reader.entry(dn, settings.userFilter, attributes)))
          yield entries.map((entry, at) => {
            if (entry !== undefined) return mapEntry(entry, options)
            return { refused: { dn: dns[at] ?? '', username: '', reason: 'gone' as const } }
          })
        }
      } finally {
        reader.close()
      }
    },

    close: () => shelf.close(),
  }
}

/** Each once, in the order in which the directory has them. */
async function* peopleIn(
  reader: DirectoryReader,
  { baseDn }: Pick<LdapSettings, 'baseDn'>,
  settings: SyncSettings,
  { search, within, withinKind }: PeopleSearch,
  attributes: readonly string[],
  size = pageSize,
): AsyncGenerator<readonly DirectoryEntry[]> {
  const filter = peopleFilter(search, settings)
  const pages =
    within !== '' && withinKind === 'group'
      ? membersOf(reader, { groupDn: within, personFilter: filter, groupFilter: settings.groupFilter, attributes })
      : reader.pages({ baseDn: within || baseDn, scope: 'sub', filter, attributes, pageSize: size })
  const known = new Set<string>()
  for await (const page of pages) {
    yield page.filter(({ dn }) => {
      const key = dn.toLowerCase()
      const isNew = !known.has(key)
      known.add(key)
      return isNew
    })
  }
}

/** Each word somewhere in one of the names or the mail address; what was typed can only ever be a value. */
export function peopleFilter(search: string, { userFilter, mapping }: SyncSettings): string {
  const { username, firstName, lastName, email } = mapping
  const names = [...new Set([...username, ...firstName, ...lastName, ...email, 'cn', 'displayName'])]
  const words = search.split(/\s+/).filter((word) => word !== '')
  const asked = words.slice(0, mostWords).map((word) => {
    const value = escapeFilterValue(word)
    return `(|${names.map((name) => `(${name}=*${value}*)`).join('')})`
  })
  return asked.length === 0 ? userFilter : `(&${userFilter}${asked.join('')})`
}
