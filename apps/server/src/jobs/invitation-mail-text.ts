/** The mail that invites somebody to set up a second factor, in their language. */
import type { MailJob } from '../bus/delivery-jobs.ts'
import { escapeHtml, oneLine } from './mail-values.ts'

interface Words {
  readonly subject: string
  readonly greeting: (username: string) => string
  readonly opening: string
  readonly until: (when: string) => string
  readonly closing: string
}

const english: Words = {
  subject: 'Set up your second factor for signing in',
  greeting: (username) => `Hello ${username},`,
  opening: 'signing in will ask you for a second factor. Set yours up in the portal, by this link:',
  until: (when) => `It works once, until ${when}. Do not pass it on: whoever has it can set up a second factor as you.`,
  closing:
    'Nobody will ever ask you for your password, a code or this link: not by mail, not by phone. The page that it opens does not ask for your password either. If you did not expect this mail, ask your help desk before you open the link.',
}

const german: Words = {
  subject: 'Richten Sie Ihren zweiten Faktor für die Anmeldung ein',
  greeting: (username) => `Guten Tag ${username},`,
  opening:
    'bei der Anmeldung werden Sie nach einem zweiten Faktor gefragt werden. Richten Sie ihn im Portal ein, über diesen Link:',
  until: (when) =>
    `Er gilt einmal, bis ${when}. Geben Sie ihn nicht weiter: Wer ihn hat, kann in Ihrem Namen einen zweiten Faktor einrichten.`,
  closing:
    'Niemand wird Sie je nach Ihrem Kennwort, einem Code oder diesem Link fragen: weder per Mail noch am Telefon. Auch die Seite, die er öffnet, fragt nicht nach Ihrem Kennwort. Wenn Sie diese Mail nicht erwartet haben, fragen Sie Ihren Helpdesk, bevor Sie den Link öffnen.',
}

export interface InvitationFacts {
  readonly username: string
  /** An address that begins with the portal's origin. */
  readonly link: string
  readonly expiresAt: Date
}

/** @param language BCP 47; English where there are no words of it */
export function invitationMail(
  { username, link, expiresAt }: InvitationFacts,
  language: string,
): Pick<MailJob, 'subject' | 'text' | 'html'> {
  const isGerman = language.split('-')[0] === 'de'
  const words = isGerman ? german : english
  // What has English words has an English time.
  const locale = isGerman || language.startsWith('en') ? language : 'en'
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  const before = [words.greeting(oneLine(username)), words.opening]
  const after = [words.until(`${when.format(expiresAt)} UTC`), words.closing]
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`
  const href = escapeHtml(link)
  return {
    subject: words.subject,
    text: [...before, link, ...after].join('\n\n'),
    html: [...before.map(paragraph), `<p><a href="${href}">${href}</a></p>`, ...after.map(paragraph)].join(''),
  }
}
