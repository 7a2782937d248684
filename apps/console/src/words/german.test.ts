import { expect, test } from 'vitest'
import sentences from './sentences/de.json'

type Words = Readonly<Record<string, unknown>>
const english = import.meta.glob<Words>('./en/*.json', { eager: true, import: 'default' })
const german = import.meta.glob<Words>('./de/*.json', { eager: true, import: 'default' })

const inEnglish = textsOf(english)
const inGerman = textsOf(german)

/** Names of products, protocols and their values: they are the same everywhere. */
const names = [
  ...['Passkeys', 'Sallyport', 'Twilio', 'strongSwan', 'winbind', 'ntlm_auth', 'MikroTik RouterOS', 'Microsoft RRAS'],
  ...['Duo Authentication Proxy', 'Microsoft NPS', 'FreeRADIUS', 'StartTLS', 'LDAPS'],
  ...[
    'Check Point',
    'Cisco ASA, AnyConnect',
    'Citrix NetScaler Gateway',
    'Fortinet FortiGate',
    'Palo Alto GlobalProtect',
  ],
  ...[
    'Ivanti (Juniper, Pulse) Connect Secure',
    'Accounting',
    'Auth Token',
    'Token (Bearer)',
    'Base32',
    'CSV',
    'PSKC',
    'JSON',
  ],
  ...[
    'PAP',
    'CHAP',
    'EAP',
    'MS-CHAPv2',
    'MS-CHAP-Error {{code}} {{message}}',
    'Message-Authenticator',
    'NAS-Identifier',
  ],
  ...[
    'NAS-Identifier {{nasIdentifier}}',
    'RADIUS',
    'RadSec',
    'RadSec (TLS)',
    'SHA-256',
    'Status-Server',
    'UDP',
    'TLS',
    'STARTTLS',
    'DN',
    'TOTP',
  ],
  ...[
    'HOTP',
    'HTTP',
    'GET',
    'POST',
    'PUT',
    'Form',
    'HMAC-SHA256',
    'Latin-1',
    'SMPP 3.4',
    'SMTP',
    '+49',
    'UTF-8',
    'Latin-1 (Windows-1252)',
    'Proxy-State',
    'CEF (Common Event Format)',
    'Facility',
    'Host',
    'URL',
  ],
]

/** German says it with the same letters. */
const shared = [
  ...[
    'Administrator',
    'Administrator {{name}}',
    'Auditor',
    'Operator',
    'Clients',
    'Code',
    'Codes',
    'Container',
    'Format',
  ],
  ...[
    'Gateway {{name}}',
    'Gateways',
    'Minute',
    'Name',
    'PIN',
    'Passphrase',
    'Port',
    'Port {{port}}',
    'Server',
    'Server {{number}}',
    'Status',
  ],
  ...['Test', 'Token', 'Transport', 'Version'],
  // Claims of OpenID Connect.
  ...['preferred_username', 'upn', 'sub'],
]

test('German says everything that English says, and nothing besides', () => {
  expect([...inGerman.keys()].sort()).toEqual([...inEnglish.keys()].sort())
})

test('every sentence holds in German what it holds in English', () => {
  const others = [...inEnglish].filter(
    ([key, text]) => holesOf(text).join() !== holesOf(inGerman.get(key) ?? '').join(),
  )
  expect(others).toEqual([])
})

test('no German word is still the English one', () => {
  const same = [...inEnglish].filter(([key, text]) => {
    const hasLetters = /\p{L}{2}/u.test(text.replaceAll(/\{\{\w+\}\}|\bmin\b|\bms\b/g, ''))
    return hasLetters && inGerman.get(key) === text && !names.includes(text) && !shared.includes(text)
  })
  expect(same).toEqual([])
})

test('what needs no German of its own is still said', () => {
  const said = new Set(inEnglish.values())
  expect([...names, ...shared].filter((text) => !said.has(text))).toEqual([])
})

test('what is said in German of the contract’s sentences is said by the contract', () => {
  const contract = Object.values(
    import.meta.glob<string>('../../../../packages/contract/src/**/*.ts', {
      query: '?raw',
      eager: true,
      import: 'default',
    }),
  ).join('\n')
  expect(Object.keys(sentences).filter((sentence) => !contract.includes(sentence.replaceAll('\\', '\\\\')))).toEqual([])
})

function textsOf(files: Readonly<Record<string, Words>>): Map<string, string> {
  return new Map(
    Object.entries(files).flatMap(([path, words]) => leaves(words, /([\w-]+)\.json$/.exec(path)?.[1] ?? '')),
  )
}

function leaves(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as Words).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`))
}

function holesOf(text: string): string[] {
  return (text.match(/\{\{?\w+\}?\}/g) ?? []).sort()
}
