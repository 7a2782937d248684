/** What calls say, by language: a further language is a further entry. */
import type { CallJob } from '../../bus/delivery-jobs.ts'

export interface CallWords {
  /** BCP 47, as voices are chosen by it. */
  readonly voice: string
  readonly greeting: (applicationName: string) => string
  readonly pressHash: string
  readonly enterPin: string
  /** `code`: spelled out, digit by digit. */
  readonly reportFraud: (code: string) => string
  readonly again: string
  readonly accepted: string
  readonly refused: string
  readonly fraud: string
  readonly nothingKeyed: string
  readonly over: string
  /** What is said otherwise in a call that proves a number. */
  readonly proof: Pick<CallWords, 'enterPin' | 'accepted' | 'refused' | 'over'> & { readonly greeting: string }
}

const english: CallWords = {
  voice: 'en-US',
  greeting: (name) => `Hello. Somebody is signing in to ${name} with your name.`,
  pressHash: 'If it is you, press the hash key.',
  enterPin: 'If it is you, enter your PIN, and then press the hash key.',
  reportFraud: (code) => `If it is not you, press ${code}, and then the hash key, to report it.`,
  again: 'That was not right.',
  accepted: 'Thank you. You are signed in. Goodbye.',
  refused: 'The sign-in was refused. Goodbye.',
  fraud: 'Thank you for reporting this. The sign-in was refused. Goodbye.',
  nothingKeyed: 'No key was pressed. Goodbye.',
  over: 'This sign-in is over. Goodbye.',
  proof: {
    greeting: 'Hello. This is Sallyport. Somebody is setting up this phone number. If it is not you, hang up.',
    enterPin: 'If it is you, enter the six digits that your screen shows, and then press the hash key.',
    accepted: 'Thank you. This number is set up. Goodbye.',
    refused: 'This number was not set up. Goodbye.',
    over: 'This took too long. Goodbye.',
  },
}

const german: CallWords = {
  voice: 'de-DE',
  greeting: (name) => `Guten Tag. Jemand meldet sich unter Ihrem Namen bei ${name} an.`,
  pressHash: 'Wenn Sie es sind, drücken Sie die Rautetaste.',
  enterPin: 'Wenn Sie es sind, geben Sie Ihre PIN ein und drücken Sie dann die Rautetaste.',
  reportFraud: (code) => `Wenn Sie es nicht sind, drücken Sie ${code} und dann die Rautetaste, um es zu melden.`,
  again: 'Das war nicht richtig.',
  accepted: 'Vielen Dank. Sie sind angemeldet. Auf Wiederhören.',
  refused: 'Die Anmeldung wurde abgelehnt. Auf Wiederhören.',
  fraud: 'Vielen Dank für Ihre Meldung. Die Anmeldung wurde abgelehnt. Auf Wiederhören.',
  nothingKeyed: 'Es wurde keine Taste gedrückt. Auf Wiederhören.',
  over: 'Diese Anmeldung ist vorbei. Auf Wiederhören.',
  proof: {
    greeting:
      'Guten Tag. Hier ist Sallyport. Jemand richtet diese Telefonnummer ein. Wenn Sie es nicht sind, legen Sie auf.',
    enterPin:
      'Wenn Sie es sind, geben Sie die sechs Ziffern ein, die Ihr Bildschirm zeigt, und drücken Sie dann die Rautetaste.',
    accepted: 'Vielen Dank. Diese Nummer ist eingerichtet. Auf Wiederhören.',
    refused: 'Diese Nummer wurde nicht eingerichtet. Auf Wiederhören.',
    over: 'Das hat zu lange gedauert. Auf Wiederhören.',
  },
}

const byLanguage: Readonly<Record<string, CallWords>> = { en: english, de: german }

/** The words of a call; of none that is known, the English ones. */
export function wordsOf(job: Pick<CallJob, 'language' | 'purpose'> | undefined): CallWords {
  const words = callWords(job?.language ?? 'en')
  if (job?.purpose !== 'proof') return words
  return { ...words, ...words.proof, greeting: () => words.proof.greeting }
}

/** By the language of a tag such as `de-AT`; English where there is no other. */
function callWords(language: string): CallWords {
  const main = language.toLowerCase().split('-')[0] ?? ''
  return Object.hasOwn(byLanguage, main) ? (byLanguage[main] ?? english) : english
}

/** Digits with pauses between them, so that a voice does not read a number. */
export function spelledOut(digits: string): string {
  return Array.from(digits).join(' ')
}
