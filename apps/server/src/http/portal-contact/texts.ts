/** What people are sent when they prove a number or an address, and when one of theirs was changed; a language is an entry. */
import type { ContactPlace } from '@sallyport/contract/portal'

interface Texts {
  /** What a text message says: the code first, so that a phone's lock screen shows it. */
  readonly code: (code: string) => string
  readonly codeSubject: string
  readonly codeMail: (code: string) => string
  readonly changed: Readonly<Record<ContactPlace | 'bypass', string>>
  readonly changedSubject: string
}

const english: Texts = {
  code: (code) => `${code} is your code to set up this number with Sallyport. If you did not ask for it, ignore this.`,
  codeSubject: 'Your code for Sallyport',
  codeMail: (code) =>
    `${code} is your code to set up this address with Sallyport. It is good for ten minutes.\n\nIf you did not ask for it, ignore this: somebody typed your address by mistake.`,
  changed: {
    phone: 'Sallyport: your phone number was changed. If it was not you, tell your administrator at once.',
    backup: 'Sallyport: your backup number was changed. If it was not you, tell your administrator at once.',
    email: 'Sallyport: your mail address was changed. If it was not you, tell your administrator at once.',
    bypass:
      'Sallyport: your next sign-in needs your password alone, for a short while. If it was not you who asked for that, tell your administrator at once.',
  },
  changedSubject: 'Sallyport: how you sign in was changed',
}

const german: Texts = {
  code: (code) =>
    `${code} ist Ihr Code, um diese Nummer bei Sallyport einzurichten. Haben Sie ihn nicht angefordert, tun Sie nichts.`,
  codeSubject: 'Ihr Code für Sallyport',
  codeMail: (code) =>
    `${code} ist Ihr Code, um diese Adresse bei Sallyport einzurichten. Er gilt zehn Minuten.\n\nHaben Sie ihn nicht angefordert, tun Sie nichts: Jemand hat sich bei der Adresse vertippt.`,
  changed: {
    phone:
      'Sallyport: Ihre Telefonnummer wurde geändert. Waren Sie es nicht, melden Sie es sofort Ihrer Administration.',
    backup:
      'Sallyport: Ihre Ersatznummer wurde geändert. Waren Sie es nicht, melden Sie es sofort Ihrer Administration.',
    email: 'Sallyport: Ihre Mailadresse wurde geändert. Waren Sie es nicht, melden Sie es sofort Ihrer Administration.',
    bypass:
      'Sallyport: Ihre nächste Anmeldung braucht für kurze Zeit nur das Kennwort. Haben Sie das nicht verlangt, melden Sie es sofort Ihrer Administration.',
  },
  changedSubject: 'Sallyport: Ihre Anmeldung wurde geändert',
}

const byLanguage: ReadonlyMap<string, Texts> = new Map([
  ['en', english],
  ['de', german],
])

/** @param language such as `de` or `de-AT`; English where there are no texts in it */
export function contactTexts(language: string): Texts {
  const [base = language] = language.split('-')
  return byLanguage.get(base) ?? english
}
