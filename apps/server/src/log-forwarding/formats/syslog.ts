/** An event as a syslog message (RFC 5424), no longer than its transport carries. */
import type { LogFacility, LogFormat } from '@sallyport/contract'

import type { LogFacts } from '../facts.ts'
import { cefOf } from './cef.ts'
import { jsonOf } from './json.ts'
import { shortened } from './text.ts'

export interface SyslogOptions {
  readonly format: LogFormat
  readonly facility: LogFacility
  readonly hostname: string
  readonly version: string
  /** Octets of a whole message. */
  readonly maximumBytes: number
}

/** RFC 5424 §6.2.1. */
const facilities: Readonly<Record<LogFacility, number>> = {
  auth: 4,
  authpriv: 10,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
}

/** RFC 5424 §7.2.2, RFC 5612: the number that stands for an enterprise that has none. */
const structuredDataId = 'sallyport@32473'
/** Texts are shortened step by step until the message fits. */
const lengths = [1024, 256, 128, 64, 32, 16]

/** RFC 5424 §6: header, structured data, and a message of UTF-8 without a BOM, which receivers of JSON and CEF stumble over. */
export function syslogOf(event: LogFacts, options: SyslogOptions): Buffer {
  let message = Buffer.alloc(0)
  for (const maximum of lengths) {
    message = Buffer.from(written(limited(event, maximum), options))
    if (message.length <= options.maximumBytes) break
  }
  return message
}

function written(event: LogFacts, { format, facility, hostname, version }: SyslogOptions): string {
  const priority = facilities[facility] * 8 + event.severity
  const header = `<${priority}>1 ${new Date(event.atMs).toISOString()} ${printable(hostname)} sallyport - ${event.kind}`
  switch (format) {
    case 'structured-data':
      return `${header} ${structuredData(event)} ${event.sentence}`
    case 'json':
      return `${header} - ${jsonOf(event)}`
    case 'cef':
      return `${header} - ${cefOf(event, version)}`
  }
}

/** RFC 5424 §6.3.3: `"`, `\` and `]` are escaped by a backslash. */
function structuredData({ facts }: LogFacts): string {
  const parameters = Object.entries(facts).map(
    ([name, value]) => `${name}="${String(value).replace(/["\\\]]/g, '\\$&')}"`,
  )
  return `[${[structuredDataId, ...parameters].join(' ')}]`
}

/** RFC 5424 §6.2.4: printable ASCII, 255 at most. */
function printable(hostname: string): string {
  const text = hostname.replace(/[^\x21-\x7e]/g, '').slice(0, 255)
  return text === '' ? '-' : text
}

function limited(event: LogFacts, maximum: number): LogFacts {
  const entries = Object.entries(event.facts).map(([name, value]) => [
    name,
    typeof value === 'string' ? shortened(value, maximum) : value,
  ])
  const facts = Object.fromEntries(entries) as LogFacts['facts']
  return { ...event, sentence: shortened(event.sentence, maximum), facts }
}
