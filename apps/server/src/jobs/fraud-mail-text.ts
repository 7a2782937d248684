/** The mail about a fraud report: what those who look after sign-ins need to know, in the company's language. */
import type { FraudReportToTell } from '@sallyport/store'
import type { MailJob } from '../bus/delivery-jobs.ts'
import { escapeHtml, oneLine } from './mail-values.ts'

interface Words {
  readonly subject: (user: string) => string
  readonly opening: string
  /** Of a sign-in that is over, whatever came of it. */
  readonly seen: string
  readonly names: readonly [string, string, string, string, string]
  readonly via: Readonly<Record<FraudReportToTell['via'], string>>
  readonly blocked: string
  readonly notBlocked: string
  readonly closing: string
}

const english: Words = {
  subject: (user) => `Fraud reported by ${user}`,
  opening: 'Somebody was asked to approve a sign-in and said that it was not theirs. It was refused.',
  seen: 'Somebody saw a sign-in in their name and said that it was not theirs. It may have succeeded.',
  names: ['User', 'When', 'Application', 'Address of the caller', 'Reported'],
  via: { app: 'in the mobile app', call: 'in a phone call', text: 'by text message', portal: 'in the portal' },
  blocked: 'The user is blocked until an administrator unblocks them.',
  notBlocked: 'The user is not blocked.',
  closing: 'Whoever signed in knew the password: have it changed. In the console: Reports, Fraud reports.',
}

const german: Words = {
  subject: (user) => `Betrug gemeldet von ${user}`,
  opening:
    'Jemand sollte eine Anmeldung bestätigen und hat gemeldet, dass es nicht die eigene war. Sie wurde abgelehnt.',
  seen: 'Jemand hat eine Anmeldung im eigenen Namen gesehen und gemeldet, dass es nicht die eigene war. Sie kann gelungen sein.',
  names: ['Benutzer', 'Wann', 'Anwendung', 'Adresse des Anrufers', 'Gemeldet'],
  via: { app: 'in der App', call: 'in einem Anruf', text: 'per SMS', portal: 'im Portal' },
  blocked: 'Der Benutzer ist gesperrt, bis jemand von der Administration die Sperre aufhebt.',
  notBlocked: 'Der Benutzer ist nicht gesperrt.',
  closing:
    'Wer sich anmelden wollte, kannte das Passwort: lassen Sie es ändern. In der Konsole: Reports, Fraud reports.',
}

const byLanguage: ReadonlyMap<string, Words> = new Map([
  ['en', english],
  ['de', german],
])

/** @param language BCP 47; English where there are no words of it */
export function fraudMail(report: FraudReportToTell, language: string): Pick<MailJob, 'subject' | 'text' | 'html'> {
  const words = byLanguage.get(language.split('-')[0] ?? '') ?? english
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' })
  const { user, at, applicationName, callingStation, via, blocked } = report
  const values = [user.username, when.format(at), applicationName, callingStation ?? '–', words.via[via]].map(oneLine)
  const rows = words.names.map((name, index) => [name, values[index] ?? ''] as const)
  const opening = via === 'portal' ? words.seen : words.opening
  const state = blocked ? words.blocked : words.notBlocked
  return {
    subject: words.subject(oneLine(user.username)),
    text: [opening, rows.map(([name, value]) => `${name}: ${value}`).join('\n'), state, words.closing].join('\n\n'),
    html: [
      `<p>${escapeHtml(opening)}</p>`,
      `<table>${rows.map(([name, value]) => `<tr><th align="left">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`).join('')}</table>`,
      `<p>${escapeHtml(state)}</p><p>${escapeHtml(words.closing)}</p>`,
    ].join(''),
  }
}
