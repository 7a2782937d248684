/** The mail about an alert: what happened, to what, since when, and where to look; in the company's language. */
import type { AlertKind } from '@sallyport/contract'
import type { AlertRecord } from '@sallyport/store'
import type { MailJob } from '../bus/delivery-jobs.ts'
import { oneLine } from './one-line.ts'

type Facts = Pick<AlertRecord, 'kind' | 'about' | 'at' | 'subject' | 'detail'>

interface Words {
  readonly began: Readonly<Record<AlertKind, (subject: string) => string>>
  readonly ended: (subject: string) => string
  readonly look: Readonly<Record<AlertKind, string>>
  readonly since: string
}

const english: Words = {
  began: {
    'target-down': (subject) => `${subject} does not answer: people may not get in`,
    'log-receiver-behind': (subject) => `The log receiver ${subject} is behind`,
    'disk-nearly-full': () => 'The disk of the server is nearly full',
    'certificate-expiring': (subject) => `A certificate expires: ${subject}`,
    'audit-broken': () => 'The audit trail was altered',
    'lock-outs': () => 'Users are locked out after wrong codes',
    'password-alone': () => 'Users were let in on the password alone',
  },
  ended: (subject) => `Over: ${subject}`,
  look: {
    'target-down': 'In the console: RADIUS Authentication, Target.',
    'log-receiver-behind': 'In the console: Log forwarding.',
    'disk-nearly-full': 'Sign-ins are refused once nothing can be written down.',
    'certificate-expiring': 'In the console: RADIUS Authentication, Clients, RadSec.',
    'audit-broken': 'Somebody changed the database by hand. Export the trail, and keep the backups.',
    'lock-outs':
      'Wrong codes at second factors: it may be somebody who has passwords. In the console: Reports, Denials.',
    'password-alone': 'They have no second factor here, or it is off. In the console: Reports, Sign-ins.',
  },
  since: 'When',
}

const german: Words = {
  began: {
    'target-down': (subject) => `${subject} antwortet nicht: Anmeldungen können scheitern`,
    'log-receiver-behind': (subject) => `Der Protokollempfänger ${subject} ist im Rückstand`,
    'disk-nearly-full': () => 'Die Festplatte des Servers ist fast voll',
    'certificate-expiring': (subject) => `Ein Zertifikat läuft ab: ${subject}`,
    'audit-broken': () => 'Das Änderungsprotokoll wurde verändert',
    'lock-outs': () => 'Benutzer sind nach falschen Codes gesperrt',
    'password-alone': () => 'Benutzer wurden allein mit dem Passwort eingelassen',
  },
  ended: (subject) => `Vorbei: ${subject}`,
  look: {
    'target-down': 'In der Konsole: RADIUS Authentication, Target.',
    'log-receiver-behind': 'In der Konsole: Log forwarding.',
    'disk-nearly-full': 'Anmeldungen werden abgelehnt, sobald nichts mehr geschrieben werden kann.',
    'certificate-expiring': 'In der Konsole: RADIUS Authentication, Clients, RadSec.',
    'audit-broken':
      'Jemand hat die Datenbank von Hand verändert. Exportieren Sie das Protokoll, behalten Sie die Sicherungen.',
    'lock-outs':
      'Falsche Codes beim zweiten Faktor: vielleicht hat jemand Passwörter. In der Konsole: Reports, Denials.',
    'password-alone': 'Ihr zweiter Faktor fehlt hier oder ist abgeschaltet. In der Konsole: Reports, Sign-ins.',
  },
  since: 'Wann',
}

const byLanguage: ReadonlyMap<string, Words> = new Map([
  ['en', english],
  ['de', german],
])

/** @param language BCP 47; English where there are no words of it */
export function alertMail(
  { kind, about, at, subject, detail }: Facts,
  language: string,
): Pick<MailJob, 'subject' | 'text'> {
  const words = byLanguage.get(language.split('-')[0] ?? '') ?? english
  const what = words.began[kind](oneLine(subject))
  const title = about === 'ended' ? words.ended(what) : what
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }).format(at)
  const lines = [
    `${title}.`,
    detail === '' ? [] : oneLine(detail),
    `${words.since}: ${when}`,
    about === 'ended' ? [] : words.look[kind],
  ]
  return { subject: `Sallyport: ${title}`, text: lines.flat().join('\n\n') }
}
