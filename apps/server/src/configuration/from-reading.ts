/** Turns what was found in another product's configuration into what is wanted here: beside what is there, never in its place. */
import { changeRadiusClientInput, changeRadiusServerInput, ldapInput } from '@sallyport/contract'
import type { FoundClient, FoundDirectory, FoundServer, Reading } from '../other-products/reading.ts'
import type { WantedConfiguration, WantedEntry } from './file.ts'
import { type ListName, listParts } from './list-parts.ts'
import { type SettingPart, settingParts } from './setting-parts.ts'
import { isSame, withValueAt, type Plain } from './plain.ts'
import { named, shaped, type PresentConfiguration } from './present.ts'

/** What becomes of one thing that was found. */
export interface ImportRow {
  readonly kind: 'client' | 'server' | 'directory' | 'remark'
  readonly where: string
  /** What tells it apart, and all of it in a line; empty of a remark. */
  readonly title: string
  readonly what: string
  /** What would be set, without secrets. */
  readonly settings: Plain
  /** `new`: it is added. `there`: the same is here already, and stays. `refused`: it cannot be taken as it is. `unread`: see the message. */
  readonly state: 'new' | 'there' | 'refused' | 'unread'
  readonly message: string
}

export interface FromReading {
  readonly rows: readonly ImportRow[]
  readonly wanted: WantedConfiguration
}

/** One row for each thing that was found, in their order: a directory, clients, servers, remarks. */
export function fromReading(reading: Reading, present: PresentConfiguration): FromReading {
  const rows: ImportRow[] = []
  const settings: WantedConfiguration['settings'] = new Map(directoryOf(reading.directory, present, rows))
  const lists = new Map<ListName, readonly WantedEntry[]>()
  const clients = reading.clients.map((client) => ({
    ...({ kind: 'client', title: client.address, what: `client ${client.address} “${client.name}”` } as const),
    ...{ where: client.where, body: clientBody(client), schema: changeRadiusClientInput },
  }))
  const servers = reading.servers.map((server) => ({
    ...({ kind: 'server', title: `${server.host}:${server.authenticationPort}` } as const),
    what: `server ${server.host}, port ${server.authenticationPort}`,
    ...{ where: server.where, body: serverBody(server), schema: changeRadiusServerInput },
  }))
  for (const [name, found] of [['clients', clients] as const, ['servers', servers] as const]) {
    if (found.length > 0) lists.set(name, added(name, found, present, rows))
  }
  for (const { where, message } of reading.remarks) {
    rows.push({ kind: 'remark', where, title: '', what: '', settings: {}, state: 'unread', message })
  }
  return { rows, wanted: { settings, lists, sealedSecrets: null } }
}

/** What these rows are about, by their places among those of {@link fromReading}: nothing else of it. */
export function chosenOf({ directory, clients, servers }: Reading, numbers: ReadonlySet<number>): Reading {
  const first = directory === null ? 0 : 1
  return {
    directory: numbers.has(0) ? directory : null,
    clients: clients.filter((_, index) => numbers.has(first + index)),
    servers: servers.filter((_, index) => numbers.has(first + clients.length + index)),
    remarks: [],
  }
}

interface Found extends Pick<ImportRow, 'kind' | 'where' | 'title' | 'what'> {
  readonly body: Plain
  readonly schema: SettingPart['schema']
}

/** What is there, and behind it what can be added. */
function added(
  name: 'clients' | 'servers',
  found: readonly Found[],
  present: PresentConfiguration,
  rows: ImportRow[],
): readonly WantedEntry[] {
  const part = listParts[name]
  const entries: { readonly value: Plain; readonly index: number }[] = (present.lists.get(name) ?? []).map(
    ({ value }, index) => ({ value, index }),
  )
  const taken = new Set(entries.map(({ value }) => part.keyOf(value)))
  for (const { body, schema, ...about } of found) {
    const settings = withValueAt(body, 'sharedSecret', undefined)
    const row = (state: ImportRow['state'], message: string) => void rows.push({ ...about, settings, state, message })
    const { error } = schema.safeParse({ ...body, version: 1 })
    if (error !== undefined) {
      // The path and the rule; never the value, which may be a secret.
      const message = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ')
      row('refused', message)
      continue
    }
    const value = shaped(schema, body, false)
    const key = part.keyOf(value)
    if (taken.has(key)) {
      row('there', `${key} is here already, and stays as it is.`)
      continue
    }
    taken.add(key)
    entries.push({ value, index: entries.length })
    row('new', '')
  }
  return named(part, entries)
}

/** The directory is one: another one is not put in its place. */
function directoryOf(
  directory: FoundDirectory | null,
  present: PresentConfiguration,
  rows: ImportRow[],
): readonly (readonly ['ldap', Plain])[] {
  if (directory === null) return []
  const { where, urls, tls, baseDn, filter, bindDn, bindPassword } = directory
  const what = `directory ${urls.join(', ')}`
  const settings = { tls, baseDn, filter, bindDn }
  const about = { kind: 'directory', where, title: urls.join(', '), what, settings } as const
  const row = (state: ImportRow['state'], message: string) => void rows.push({ ...about, state, message })
  if (!isSame(present.settings.get('ldap')?.value ?? {}, {})) {
    row('there', 'A directory is configured here already, and stays as it is.')
    return []
  }
  const body = {
    ...{ servers: urls.map((url) => ({ url })), tls, caPem: null, baseDn, userLookup: { kind: 'search', filter } },
    ...{ connectTimeoutMs: 3000, operationTimeoutMs: 5000, sizeLimit: 1000 },
    queryBind: { kind: 'simple', dn: bindDn, ...(bindPassword === '' ? {} : { password: bindPassword }) },
  }
  const { error } = ldapInput.safeParse({ ...body, version: 1 })
  if (error !== undefined || bindPassword === '') {
    const faults = (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
    const missing = bindPassword === '' ? ['Its password is missing, or encrypted for that machine.'] : []
    row('refused', [...faults, ...missing].join(' '))
    return []
  }
  row('new', tls === 'none' ? 'Passwords would cross the network in clear: choose TLS in Directory Integration.' : '')
  return [['ldap', shaped(settingParts.ldap.schema, body, false)]]
}

/** The strict way where the other product says nothing. */
function clientBody({ name, address, sharedSecret, factorMode, enabled, ...client }: FoundClient): Plain {
  return {
    ...{ address, applicationName: name.replaceAll(/\p{Cc}/gu, ' '), sharedSecret, factorMode, enabled },
    messageAuthenticator: client.requiresMessageAuthenticator ? 'require' : 'auto',
    ...{ requireUserMatch: true, canBeChallenged: true, deviceTimeoutSeconds: 60 },
  }
}

function serverBody(server: FoundServer): Plain {
  const { host, authenticationPort, accountingPort, sharedSecret, timeoutSeconds, tries } = server
  return {
    ...{ host, authenticationPort, accountingPort, sharedSecret, timeoutSeconds, tries },
    ...{ transport: 'udp', messageAuthenticator: 'auto', caPem: null, certificatePem: null },
  }
}
