/** An event in ArcSight's Common Event Format, version 0. */
import { isIP } from 'node:net'

import type { FactValue, LogFacts } from '../facts.ts'

/** The keys that CEF knows; what has none goes into its custom strings, which carry their names. */
const keys: Readonly<Record<string, string>> = {
  id: 'externalId',
  result: 'outcome',
  status: 'outcome',
  reason: 'reason',
  username: 'duser',
  userId: 'duid',
  administrator: 'suser',
  action: 'act',
  clientAddress: 'dvc',
  nasIdentifier: 'deviceExternalId',
  inputOctets: 'in',
  outputOctets: 'out',
  address: 'src',
  count: 'cnt',
}
const customStrings: readonly string[] = ['client', 'method', 'factor', 'user', 'sessionId', 'subjectKind']
const customNumbers: readonly string[] = ['durationMs', 'seconds', 'sequence']
const severities = { 4: 7, 5: 5, 6: 2 } as const

export function cefOf({ kind, atMs, severity, sentence, facts }: LogFacts, version: string): string {
  const header = ['Sallyport', 'Sallyport', version, kind, sentence].map(escapedHeader).join('|')
  const pairs: readonly (readonly [string, string])[] = [['rt', String(atMs)], ...extensionOf(facts)]
  const extension = pairs.map(([key, value]) => `${key}=${escapedValue(value)}`).join(' ')
  return `CEF:0|${header}|${severities[severity]}|${extension}`
}

function* extensionOf(facts: LogFacts['facts']): Generator<[string, string]> {
  let strings = 0
  let numbers = 0
  for (const [name, value] of Object.entries(facts)) {
    const key = keyOf(name, value)
    if (key !== undefined) yield [key, String(value)]
    else if (customStrings.includes(name) && strings < 6) yield* custom('cs', ++strings, name, value)
    else if (customNumbers.includes(name) && numbers < 3) yield* custom('cn', ++numbers, name, value)
    else yield [`sallyport${name.charAt(0).toUpperCase()}${name.slice(1)}`, String(value)]
  }
}

function keyOf(name: string, value: FactValue): string | undefined {
  // CEF's addresses are addresses; devices may say anything else there.
  if (name === 'callingStation') return isIP(String(value)) ? 'src' : undefined
  if (name === 'clientAddress' && !isIP(String(value))) return undefined
  return keys[name]
}

function* custom(kind: 'cs' | 'cn', number: number, name: string, value: FactValue): Generator<[string, string]> {
  yield [`${kind}${number}Label`, name]
  yield [`${kind}${number}`, String(kind === 'cs' ? value : Math.round(Number(value)))]
}

/** In the header `\` and `|` are escaped; there are no line ends left. */
function escapedHeader(text: string): string {
  return text.replace(/[\\|]/g, '\\$&')
}

/** In the extension `\` and `=` are. */
function escapedValue(text: string): string {
  return text.replace(/[\\=]/g, '\\$&')
}
