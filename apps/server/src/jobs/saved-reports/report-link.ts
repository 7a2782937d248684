/** Where the console shows a report with its filters, of exactly the time that a mail is about. */
import type { SavedReportContent } from '@sallyport/contract'
import type { Period } from './period.ts'

/** Reports whose page keeps a time in its address. */
const timed: ReadonlySet<SavedReportContent['report']> = new Set([
  'sign-ins',
  'usage',
  'denials',
  'vpn-sessions',
  'blocked',
  'bypassed',
])

/** @param origin of the console, such as https://mfa.example.com:8443 */
export function reportLink(origin: string, { report, filters }: SavedReportContent, { from, to }: Period): string {
  const url = new URL(`/reports/${report}`, origin)
  for (const [name, value] of Object.entries(filters as Readonly<Record<string, string | undefined>>)) {
    if (value !== undefined && value !== '') url.searchParams.set(name, asWritten(value))
  }
  if (timed.has(report)) {
    if (from !== null) url.searchParams.set('from', from.toISOString())
    // A page counts its last moment in.
    url.searchParams.set('to', new Date(to.getTime() - 1).toISOString())
  }
  return url.href
}

/** The console reads values as JSON where they are some: a name such as 1234 is a text all the same. */
function asWritten(value: string): string {
  try {
    JSON.parse(value)
    return JSON.stringify(value)
  } catch {
    return value
  }
}
