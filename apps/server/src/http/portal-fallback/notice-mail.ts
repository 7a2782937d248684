/** The mail that tells somebody that they, or somebody else, came into the portal without their second factor. */
import { randomUUID } from 'node:crypto'
import type { FallbackMeans } from '../../bus/portal-port.ts'
import type { MailJob } from '../../bus/delivery-jobs.ts'

interface Words {
  readonly subject: string
  readonly by: Readonly<Record<FallbackMeans, string>>
  /** @param by one of the above */
  readonly text: (by: string, at: string, address: string) => string
}

const english: Words = {
  subject: 'Somebody signed in without your second factor',
  by: { 'recovery-code': 'a recovery code', 'security-questions': 'answers to your security questions' },
  text: (by, at, address) =>
    `Somebody signed in to the user portal with your password and ${by}, on ${at} UTC, from ${address}.\n\n` +
    'If it was you, there is nothing to do. If it was not, tell your administrator at once: your password is known to somebody.',
}

const german: Words = {
  subject: 'Anmeldung ohne Ihren zweiten Faktor',
  by: { 'recovery-code': 'einem Wiederherstellungscode', 'security-questions': 'Antworten auf Ihre Sicherheitsfragen' },
  text: (by, at, address) =>
    `Am Portal hat sich jemand mit Ihrem Passwort und ${by} angemeldet: am ${at} UTC, von ${address}.\n\n` +
    'Waren Sie es, ist nichts zu tun. Waren Sie es nicht, sagen Sie sofort Ihrer Administration Bescheid: jemand kennt Ihr Passwort.',
}

const byLanguage: ReadonlyMap<string, Words> = new Map([
  ['en', english],
  ['de', german],
])

/** @param language such as `de` or `de-AT`; English where there are no words in it */
export function fallbackMail(
  to: string,
  means: FallbackMeans,
  { at, address, language }: { readonly at: Date; readonly address: string; readonly language: string },
): MailJob {
  const { subject, by, text } = byLanguage.get(language.split('-', 1)[0] ?? '') ?? english
  const when = at.toISOString().slice(0, 16).replace('T', ', ')
  return { id: randomUUID(), to, subject, text: text(by[means], when, address) }
}
