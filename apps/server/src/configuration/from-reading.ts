/** Turns what was found in another product's configuration into what is wanted here: beside what is there, never in its place. */
import { changeRadiusClientInput, changeRadiusServerInput, ldapInput } from '@sallyport/contract'
import type { FoundClient, FoundDirectory, FoundServer, Reading } from '../other-products/reading.ts'
import type { WantedConfiguration, WantedEntry } from './file.ts'
import { type ListName, listParts } from './list-parts.ts'
import { type SettingPart, settingParts } from './setting-parts.ts'
import { isSame, type Plain } from './plain.ts'
import { named, shaped, type PresentConfiguration } from './present.ts'

/** What becomes of one thing that was found. */
export interface ImportRow {
  readonly where: string
  readonly what: string
  /** `new`: it is added. `there`: the same is here already, and stays. `refused`: it cannot be taken as it is. `unread`: see the message. */
  readonly state: 'new' | 'there' | 'refused' | 'unread'
  readonly message: string
}

export interface FromReading {
  readonly rows: readonly ImportRow[]
  readonly wanted: WantedConfiguration
}

export function fromReading(reading: Reading, present: PresentConfiguration): FromReading {
  const rows: ImportRow[] = []
  const settings: WantedConfiguration['settings'] = new Map(directoryOf(reading.directory, present, rows))
  const lists = new Map<ListName, readonly WantedEntry[]>()
  const clients = reading.clients.map((client) => ({
    ...{ where: client.where, what: `client ${client.address} “${client.name}”`, body: clientBody(client) },
    schema: changeRadiusClientInput,
  }))
  const servers = reading.servers.map((server) => ({
    ...{
      where: server.where,
      what: `server ${server.host}, port ${server.authenticationPort}`,
      body: serverBody(server),
    },
    schema: changeRadiusServerInput,
  }))
  for (const [name, found] of [['clients', clients] as const, ['servers', servers] as const]) {
    if (found.length > 0) lists.set(name, added(name, found, present, rows))
  }
  for (const { where, message } of reading.remarks) rows.push({ where, what: '', state: 'unread', message })
  return { rows, wanted: { settings, lists, sealedSecrets: null } }
}

interface Found {
  readonly where: string
  readonly what: string
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
  for (const { where, what, body, schema } of found) {
    const { error } = schema.safeParse({ ...body, version: 1 })
    if (error !== undefined) {
      // The path and the rule; never the value, which may be a secret.
      const message = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ')
      rows.push({ where, what, state: 'refused', message })
      continue
    }
    const value = shaped(schema, body, false)
    const key = part.keyOf(value)
    if (taken.has(key)) {
      rows.push({ where, what, state: 'there', message: `${key} is here already, and stays as it is.` })
      continue
    }
    taken.add(key)
    entries.push({ value, index: entries.length })
    rows.push({ where, what, state: 'new', message: '' })
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
  const row = (state: ImportRow['state'], message: string) => void rows.push({ where, what, state, message })
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
