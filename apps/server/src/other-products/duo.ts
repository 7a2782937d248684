/** Reads the `authproxy.cfg` of the Duo Authentication Proxy: sections in brackets, `name=value`, comments by # and ; at the beginning of a line. */
import {
  UnreadableFile,
  type FoundClient,
  type FoundDirectory,
  type FoundServer,
  type Reading,
  type Remark,
} from './reading.ts'

interface Section {
  readonly name: string
  readonly line: number
  readonly values: ReadonlyMap<string, string>
}

const modes: Readonly<Record<string, FoundClient['factorMode']>> = {
  radius_server_auto: 'automatic',
  radius_server_eap: 'automatic',
  radius_server_iframe: 'automatic',
  radius_server_challenge: 'challenge',
  radius_server_concat: 'password-with-code',
  radius_server_duo_only: 'second-factor-only',
}

/** Throws UnreadableFile. */
export function readDuo(text: string): Reading {
  const clients: FoundClient[] = []
  const servers: FoundServer[] = []
  const remarks: Remark[] = []
  let directory: FoundDirectory | null = null
  const { sections, problems } = sectionsOf(text)
  remarks.push(...problems)
  for (const section of sections) {
    const kind = section.name.replace(/\d+$/u, '')
    const mode = modes[kind]
    if (mode !== undefined) readServerSection(section, mode, clients, remarks)
    else if (kind === 'radius_client') readRadiusClient(section, servers, remarks)
    else if (kind === 'ad_client' && directory === null) directory = readDirectory(section, remarks)
    else remarks.push({ where: whereOf(section), message: unread[kind] ?? 'This section has no counterpart here.' })
  }
  return { clients, servers, directory, remarks }
}

const unread: Readonly<Record<string, string>> = {
  main: 'Settings of the proxy itself: not needed here.',
  cloud: 'Directory synchronization with the cloud: set it up in Directory Integration.',
  ad_client: 'A second directory: one is taken over, the first.',
  duo_only_client: 'No password is checked here: such clients come with “the device checks the password”.',
  ldap_server_auto: 'Applications that ask by LDAP are not served here.',
  http_proxy: 'Nothing here goes through a proxy to a cloud.',
}

function sectionsOf(text: string): { readonly sections: readonly Section[]; readonly problems: readonly Remark[] } {
  const sections: { name: string; line: number; values: Map<string, string> }[] = []
  const problems: Remark[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue
    const [, name] = /^\[([^\]]+)\]$/u.exec(line) ?? []
    if (name !== undefined) {
      sections.push({ name: name.trim().toLowerCase(), line: index + 1, values: new Map() })
      continue
    }
    const [, key, value] = /^([^=:\s]+)\s*[=:]\s*(.*)$/u.exec(line) ?? []
    const section = sections.at(-1)
    if (key === undefined || value === undefined || section === undefined) {
      problems.push({ where: `line ${index + 1}`, message: 'This line is no “name=value” in a section.' })
    } else section.values.set(key.toLowerCase(), value)
  }
  if (sections.length === 0) throw new UnreadableFile('This is no authproxy.cfg: it has no section in brackets.')
  return { sections, problems }
}

function whereOf({ name, line }: Section): string {
  return `line ${line}, [${name}]`
}

const known = /^(radius_ip_\d+|radius_secret(_protected)?_\d+|ikey|skey(_protected)?|api_host|client|port|failmode)$/u

function readServerSection(
  section: Section,
  factorMode: FoundClient['factorMode'],
  clients: FoundClient[],
  remarks: Remark[],
): void {
  const { name, values } = section
  const where = whereOf(section)
  for (const [key, address] of values) {
    const [, number] = /^radius_ip_(\d+)$/u.exec(key) ?? []
    if (number === undefined) continue
    const sharedSecret = values.get(`radius_secret_${number}`)
    if (sharedSecret === undefined || sharedSecret === '') {
      const message = values.has(`radius_secret_protected_${number}`)
        ? `The secret of ${address} is encrypted for that machine: add the client by hand.`
        : `${address} has no radius_secret_${number}.`
      remarks.push({ where, message })
      continue
    }
    const label = values.get(`radius_name_${number}`) ?? `${name} ${address}`
    const more = { requiresMessageAuthenticator: false, factorMode, enabled: true }
    clients.push({ where, name: label.slice(0, 64), address, sharedSecret, ...more })
  }
  const port = values.get('port') ?? '1812'
  if (port !== '1812')
    remarks.push({ where, message: `It listens on port ${port}: name that in RADIUS Authentication.` })
  if ((values.get('failmode') ?? 'safe') === 'safe') {
    remarks.push({ where, message: '“failmode=safe” lets people in without a second factor: nothing here does.' })
  }
  const others = [...values.keys()].filter((key) => !known.test(key) && !key.startsWith('radius_name_'))
  if (others.length > 0) remarks.push({ where, message: `Not taken over: ${others.join(', ')}.` })
}

function readRadiusClient(section: Section, servers: FoundServer[], remarks: Remark[]): void {
  const { values } = section
  const where = whereOf(section)
  const sharedSecret = values.get('secret') ?? ''
  if (sharedSecret === '') {
    remarks.push({ where, message: 'Its secret is missing, or encrypted for that machine: add its servers by hand.' })
    return
  }
  const common = {
    authenticationPort: Number(values.get('port') ?? 1812),
    accountingPort: null,
    timeoutSeconds: Math.ceil(Number(values.get('retry_wait') ?? 2)),
    tries: Number(values.get('retries') ?? 3),
  }
  for (const host of numbered(values, 'host')) servers.push({ where, host, sharedSecret, ...common })
}

function readDirectory(section: Section, remarks: Remark[]): FoundDirectory {
  const { values } = section
  const where = whereOf(section)
  const transport = values.get('transport') ?? 'clear'
  const tls = transport === 'ldaps' || transport === 'starttls' ? transport : 'none'
  const port = values.get('port')
  const urls = numbered(values, 'host').map((host) => {
    const name = host.includes(':') ? `[${host}]` : host
    return `${tls === 'ldaps' ? 'ldaps' : 'ldap'}://${name}${port === undefined ? '' : `:${port}`}`
  })
  if (values.has('ssl_ca_certs_file')) {
    remarks.push({ where, message: 'Paste the certificates of ssl_ca_certs_file in Directory Integration › Settings.' })
  }
  const auth = values.get('auth_type') ?? 'ntlm2'
  if (auth !== 'plain')
    remarks.push({ where, message: `auth_type is ${auth}; here the bind is a simple one: use TLS.` })
  for (const key of ['security_group_dn', 'ldap_filter', 'at_attribute', 'timeout']) {
    if (values.has(key)) remarks.push({ where, message: `Not taken over: ${key}.` })
  }
  const attribute = values.get('username_attribute') ?? 'sAMAccountName'
  return {
    ...{ where, urls, tls, baseDn: values.get('search_dn') ?? '', filter: `(${attribute}={username})` },
    bindDn: values.get('bind_dn') ?? values.get('service_account_username') ?? '',
    bindPassword: values.get('service_account_password') ?? '',
  }
}

/** `host`, `host_2`, `host_3` … in their order. */
function numbered(values: ReadonlyMap<string, string>, name: string): readonly string[] {
  return [...values]
    .flatMap(([key, value]) => {
      const [, number] = new RegExp(`^${name}(?:_(\\d+))?$`, 'u').exec(key) ?? []
      return key === name || number !== undefined ? [{ place: Number(number ?? 1), value }] : []
    })
    .sort((one, other) => one.place - other.place)
    .map(({ value }) => value)
}
