/** Reads a directory at leisure: what kind it is, entries in pages, single entries; one connection, to one server, for as long as it takes. */
import { createTrust } from './authorities.ts'
import { type LdapConfiguration } from './configuration.ts'
import { createConnection, type LdapConnection } from './connection.ts'
import { asFailure, LdapFailure } from './failure.ts'
import { type Page } from './requests.ts'
import { bindForQueries } from './query-bind.ts'
import { openSocket } from './socket.ts'
import { parseLdapUrl } from './url.ts'
import { type Entry } from './wire/decode.ts'
import { prepareSearch, type PreparedSearch, type SearchOptions } from './wire/encode.ts'
import { parseFilter } from './wire/filter.ts'
import { noCookie } from './wire/paged-results.ts'

/** An entry, its attributes by the names that the server gives them; GUIDs and SIDs are text. */
export type DirectoryEntry = Entry

/** What the server says of itself. */
export interface DirectoryFacts {
  readonly kind: 'active-directory' | 'other'
  /** The DNs that its trees begin at. */
  readonly namingContexts: readonly string[]
  /** Active Directory’s: every change has a number above those before it, on this server and as long as it is this database. */
  readonly changes: { readonly highestUsn: number; readonly invocationId: string } | undefined
}

export interface DirectoryQuery extends Pick<SearchOptions, 'baseDn' | 'scope' | 'attributes'> {
  /** RFC 4515. */
  readonly filter: string
  /** Entries a page, 500 unless told: Active Directory gives at most 1,000. */
  readonly pageSize?: number
}

export interface DirectoryReader {
  /** `ldap://host:port` of the server that is read from. */
  readonly server: string
  readonly facts: DirectoryFacts
  /** All entries, page by page; while one is looked at, the next is on its way. @throws LdapFailure: also where a part is missing */
  pages(query: DirectoryQuery): AsyncGenerator<readonly DirectoryEntry[], void, undefined>
  /** One page; the cookie of the one before it, or none. @throws LdapFailure */
  page(query: DirectoryQuery, cookie?: Buffer): Promise<Page>
  /** The entry of this DN; undefined where there is none, where it is on another server, or where the filter leaves it out. @throws LdapFailure */
  entry(dn: string, filter: string, attributes: readonly string[]): Promise<DirectoryEntry | undefined>
  close(): void
}

const everything = '(objectClass=*)'
const usualPageSize = 500
/** How long a page may take: a filter without an index reads the whole tree. */
const pageTimeoutMs = 120_000
/** RFC 4511 §4.1.9: referral, noSuchObject, invalidDNSyntax. */
const elsewhere = new Set([10, 32, 34])
const activeDirectory = '1.2.840.113556.1.4.800'

/**
 * Connects to the first of the configuration’s servers that answers, and signs the query account in there.
 * @param signal ends the connection, and thereby whatever waits for it
 * @throws LdapFailure of the last server, where none can be read from
 */
export async function openDirectoryReader(
  configuration: LdapConfiguration,
  signal?: AbortSignal,
): Promise<DirectoryReader> {
  let last = new LdapFailure('misconfigured', 'No server is configured.')
  for (const { url } of configuration.servers) {
    signal?.throwIfAborted()
    try {
      return await openAt(configuration, url, signal)
    } catch (error) {
      last = asFailure(error)
    }
  }
  signal?.throwIfAborted()
  throw last
}

async function openAt(
  configuration: LdapConfiguration,
  url: string,
  signal: AbortSignal | undefined,
): Promise<DirectoryReader> {
  const address = parseLdapUrl(url)
  if ('problem' in address) throw new LdapFailure('misconfigured', address.problem)
  const { tls, caPem, connectTimeoutMs, operationTimeoutMs, queryBind } = configuration
  const trust = tls === 'none' ? undefined : createTrust(caPem)
  const connection = createConnection(await openSocket({ address, tls, trust, timeoutMs: connectTimeoutMs }))
  const end = () => connection.destroy()
  signal?.addEventListener('abort', end, { once: true })
  try {
    await bindForQueries(connection, queryBind, operationTimeoutMs)
    const facts = await readFacts(connection, operationTimeoutMs)
    return {
      ...readerOver(connection, facts, operationTimeoutMs),
      server: address.url,
      close: () => {
        signal?.removeEventListener('abort', end)
        connection.destroy()
      },
    }
  } catch (error) {
    signal?.removeEventListener('abort', end)
    connection.destroy()
    throw error
  }
}

function readerOver(
  connection: LdapConnection,
  facts: DirectoryFacts,
  timeoutMs: number,
): Omit<DirectoryReader, 'server' | 'close'> {
  const page = (query: DirectoryQuery, cookie: Buffer = noCookie) =>
    connection.page(prepared(query), query.pageSize ?? usualPageSize, cookie, Math.max(timeoutMs, pageTimeoutMs))
  return {
    facts,
    page,
    async *pages(query) {
      const ask = (cookie?: Buffer) => {
        const asked = page(query, cookie)
        // It may fail while the page before is still looked at: that is heard when it is waited for.
        asked.catch(() => undefined)
        return asked
      }
      let next: Promise<Page> | undefined = ask()
      while (next) {
        const { entries, cookie }: Page = await next
        next = cookie.length === 0 ? undefined : ask(cookie)
        yield entries
      }
    },
    async entry(dn, filter, attributes) {
      const search = prepared({ baseDn: dn, scope: 'base', filter, attributes })
      try {
        const [entry] = await connection.search(search, '', Math.max(timeoutMs, pageTimeoutMs))
        return entry
      } catch (error) {
        const { resultCode } = asFailure(error)
        if (resultCode !== undefined && elsewhere.has(resultCode)) return undefined
        throw error
      }
    },
  }
}

/** Without a limit of ours: what is to be read is read whole, or not at all. @throws LdapFailure where the filter is none */
function prepared({ filter, baseDn, scope, attributes }: DirectoryQuery): PreparedSearch {
  const parsed = parseFilter(filter)
  if (!parsed) throw new LdapFailure('misconfigured', `“${filter}” is no LDAP filter.`)
  const timeLimitSeconds = pageTimeoutMs / 1_000
  return prepareSearch({ baseDn, scope, attributes, filter: parsed, sizeLimit: mostEntries, timeLimitSeconds })
}

/** RFC 4511 §4.5.1.4: maxInt, for a search cannot be told to have none by a number that it takes for one. */
const mostEntries = 0x7fff_ffff

async function readFacts(connection: LdapConnection, timeoutMs: number): Promise<DirectoryFacts> {
  const attributes = ['supportedCapabilities', 'namingContexts', 'highestCommittedUSN', 'dsServiceName']
  const [root] = await connection.search(rootSearch('', attributes), '', timeoutMs)
  const namingContexts = root ? valuesOf(root, 'namingContexts') : []
  if (!root || !valuesOf(root, 'supportedCapabilities').includes(activeDirectory)) {
    return { kind: 'other', namingContexts, changes: undefined }
  }
  const [usn = ''] = valuesOf(root, 'highestCommittedUSN')
  const [service = ''] = valuesOf(root, 'dsServiceName')
  const [settings] = await connection.search(rootSearch(service, ['invocationId']), '', timeoutMs).catch(() => [])
  const [invocationId = ''] = settings ? valuesOf(settings, 'invocationId') : []
  const changes = /^\d{1,15}$/.test(usn) && invocationId !== '' ? { highestUsn: Number(usn), invocationId } : undefined
  return { kind: 'active-directory', namingContexts, changes }
}

function rootSearch(baseDn: string, attributes: readonly string[]): PreparedSearch {
  const filter = parseFilter(everything)
  if (!filter) throw new Error('a filter of ours is none')
  return prepareSearch({ baseDn, scope: 'base', filter, attributes, sizeLimit: 1 })
}

/** The values of an attribute, whatever case the server writes its name in; those in ranges or with options are others. */
export function valuesOf({ attributes }: Pick<DirectoryEntry, 'attributes'>, name: string): readonly string[] {
  const exact = attributes[name]
  if (exact !== undefined) return exact
  const wanted = name.toLowerCase()
  const key = Object.keys(attributes).find((each) => each.toLowerCase() === wanted)
  return key === undefined ? [] : (attributes[key] ?? [])
}
