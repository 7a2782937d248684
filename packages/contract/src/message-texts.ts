/** The texts of messages: their placeholders, what they must hold, and how they are filled in. */
import { z } from 'zod'

/** The application that somebody signs in to, as the RADIUS client is called; and the code. */
export const messagePlaceholders = ['<$application_name$>', '<$otp$>'] as const

/**
 * A text as an administrator writes it; empty: the product's own.
 * @param holds whether a code is sent in it: then `<$otp$>` has to be there, and else it must not be
 */
export function messageText(maximum: number, holds: 'code' | 'no-code') {
  return z
    .string()
    .max(maximum, `At most ${maximum} characters.`)
    .regex(/^(?:[^\p{Cc}]|\n)*$/u, 'Control characters cannot be used here.')
    .refine((text) => holds === 'no-code' || text === '' || text.includes('<$otp$>'), {
      error: 'Put <$otp$> where the code goes: without it nobody gets one.',
    })
    .refine((text) => holds === 'code' || !text.includes('<$otp$>'), {
      error: 'There is no code in this message: take <$otp$> out.',
    })
    .refine((text) => [...text.matchAll(/<\$[^>]*\$?>/g)].every(([found]) => isPlaceholder(found)), {
      error: 'Only <$application_name$> and <$otp$> are filled in.',
    })
}

/** Fills in what stands in for the application and the code, each wherever it occurs, and only once. */
export function fillMessage(text: string, values: { readonly applicationName: string; readonly otp: string }): string {
  return text.replace(/<\$(application_name|otp)\$>/g, (_, name) =>
    name === 'otp' ? values.otp : values.applicationName,
  )
}

function isPlaceholder(text: string): boolean {
  return messagePlaceholders.some((placeholder) => placeholder === text)
}

const english = {
  textCode: 'Your code for <$application_name$> is <$otp$>',
  textReply: 'Sign-in to <$application_name$>. Reply 1 to approve. If it was not you, do not reply.',
  textReplyWithPin: 'Sign-in to <$application_name$>. Reply with your PIN to approve. If it was not you, do not reply.',
  emailSubject: 'Your code for <$application_name$>',
  emailCode:
    'Your code for <$application_name$> is <$otp$>. If you are not signing in, somebody else knows your password: change it.',
}

export type ProductMessage = keyof typeof english

const german: Readonly<Record<ProductMessage, string>> = {
  textCode: 'Ihr Code für <$application_name$> ist <$otp$>',
  textReply:
    'Anmeldung an <$application_name$>. Zum Bestätigen mit 1 antworten. Waren Sie es nicht, antworten Sie nicht.',
  textReplyWithPin:
    'Anmeldung an <$application_name$>. Zum Bestätigen mit Ihrer PIN antworten. Waren Sie es nicht, antworten Sie nicht.',
  emailSubject: 'Ihr Code für <$application_name$>',
  emailCode:
    'Ihr Code für <$application_name$> ist <$otp$>. Wenn Sie sich nicht anmelden, kennt jemand Ihr Passwort: ändern Sie es.',
}

const byLanguage: ReadonlyMap<string, Readonly<Record<ProductMessage, string>>> = new Map([
  ['en', english],
  ['de', german],
])

/** The languages that the product has texts of its own in. */
export const productLanguages: readonly string[] = [...byLanguage.keys()]

/**
 * What is sent where nobody wrote anything else.
 * @param language such as `de` or `de-AT`; English where the product does not have it
 */
export function productMessage(name: ProductMessage, language: string): string {
  const [base = language] = language.split('-')
  return (byLanguage.get(base) ?? english)[name]
}
