/** The mail of a scheduled report: what it is, of which time, how much there was, and where to look; in the schedule's language. */
import type { ReportSchedule, SavedReportKind } from '@sallyport/contract'
import type { MailJob } from '../../bus/delivery-jobs.ts'
import type { ReportTotals } from '../../bus/saved-report-control.ts'
import { oneLine } from '../one-line.ts'
import type { Period } from './period.ts'

export interface ReportFacts {
  readonly name: string
  readonly report: SavedReportKind
  readonly period: Period
  readonly zone: string
  readonly rows: number
  /** Counting stopped at `rows`. */
  readonly rowsAreAtLeast: boolean
  readonly attached: boolean
  readonly totals: ReportTotals | null
  readonly missed: number
  /** Null: the console's address is not configured. */
  readonly link: string | null
}

interface Words {
  readonly report: Readonly<Record<SavedReportKind, string>>
  readonly period: string
  readonly beginning: string
  readonly rows: (rows: string, atLeast: boolean) => string
  readonly totals: (accepted: string, rejected: string, unanswered: string) => string
  readonly missed: (count: number) => string
  readonly tooLarge: (hasLink: boolean) => string
  readonly link: string
}

const english: Words = {
  report: {
    'sign-ins': 'Sign-ins',
    usage: 'Usage',
    denials: 'Denials',
    'vpn-sessions': 'VPN sessions',
    blocked: 'Blocked',
    bypassed: 'Bypassed',
    'fraud-reports': 'Fraud reports',
    'client-security': 'Client security',
    changes: 'Changes',
  },
  period: 'Period',
  beginning: 'the beginning',
  rows: (rows, atLeast) => `Rows: ${atLeast ? `more than ${rows}` : rows}`,
  totals: (accepted, rejected, unanswered) =>
    `Sign-ins: ${accepted} accepted, ${rejected} rejected, ${unanswered} not answered`,
  missed: (count) =>
    count === 1
      ? 'One earlier report was not sent, because the server was not running then.'
      : `${count} earlier reports were not sent, because the server was not running then.`,
  tooLarge: (hasLink) =>
    `The file is too large for a mail and is not attached. ${hasLink ? 'Export it here:' : 'Export it in the console, under Reports.'}`,
  link: 'In the console:',
}

const german: Words = {
  report: {
    'sign-ins': 'Anmeldungen',
    usage: 'Nutzung',
    denials: 'Ablehnungen',
    'vpn-sessions': 'VPN-Sitzungen',
    blocked: 'Gesperrt',
    bypassed: 'Ausgenommen',
    'fraud-reports': 'Betrugsmeldungen',
    'client-security': 'Client-Sicherheit',
    changes: 'Änderungen',
  },
  period: 'Zeitraum',
  beginning: 'Beginn',
  rows: (rows, atLeast) => `Zeilen: ${atLeast ? `mehr als ${rows}` : rows}`,
  totals: (accepted, rejected, unanswered) =>
    `Anmeldungen: ${accepted} angenommen, ${rejected} abgelehnt, ${unanswered} nicht beantwortet`,
  missed: (count) =>
    count === 1
      ? 'Ein früherer Bericht wurde nicht gesendet, weil der Server da nicht lief.'
      : `${count} frühere Berichte wurden nicht gesendet, weil der Server da nicht lief.`,
  tooLarge: (hasLink) =>
    `Die Datei ist zu groß für eine Mail und ist nicht angehängt. ${hasLink ? 'Exportieren Sie sie hier:' : 'Exportieren Sie sie in der Konsole, unter Reports.'}`,
  link: 'In der Konsole:',
}

const byLanguage: Readonly<Record<ReportSchedule['language'], Words>> = { en: english, de: german }

export function reportMail(
  facts: ReportFacts,
  language: ReportSchedule['language'],
): Pick<MailJob, 'subject' | 'text'> {
  const words = byLanguage[language]
  const { name, report, period, zone, totals, missed, attached, link } = facts
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  const number = new Intl.NumberFormat(language)
  const text = (count: number) => number.format(count)
  const from = period.from === null ? words.beginning : format.format(period.from)
  const lines = [
    `${oneLine(name)} (${words.report[report]})`,
    `${words.period}: ${from} – ${format.format(period.to)} (${zone})`,
    words.rows(text(facts.rows), facts.rowsAreAtLeast),
    totals === null ? [] : words.totals(text(totals.accepted), text(totals.rejected), text(totals.unanswered)),
    missed === 0 ? [] : words.missed(missed),
    attached ? [] : words.tooLarge(link !== null),
    link === null ? [] : attached ? `${words.link} ${link}` : link,
  ]
  return { subject: `Sallyport: ${oneLine(name)}`, text: lines.flat().join('\n\n') }
}
