/** The texts that people are sent: Company Settings' in the user's language, else the product's. */
import type { CompanySettings, MessageTexts } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

type MessageName = keyof MessageTexts | 'textReplyWithPin'
type Texts = Readonly<Record<MessageName, string>>

const english: Texts = {
  textCode: 'Your code for <$application_name$> is <$otp$>',
  textReply: 'Sign-in to <$application_name$>. Reply 1 to approve. If it was not you, do not reply.',
  textReplyWithPin: 'Sign-in to <$application_name$>. Reply with your PIN to approve. If it was not you, do not reply.',
  emailSubject: 'Your code for <$application_name$>',
  emailCode:
    'Your code for <$application_name$> is <$otp$>. If you are not signing in, somebody else knows your password: change it.',
}

const german: Texts = {
  textCode: 'Ihr Code für <$application_name$> ist <$otp$>',
  textReply:
    'Anmeldung an <$application_name$>. Zum Bestätigen mit 1 antworten. Waren Sie es nicht, antworten Sie nicht.',
  textReplyWithPin:
    'Anmeldung an <$application_name$>. Zum Bestätigen mit Ihrer PIN antworten. Waren Sie es nicht, antworten Sie nicht.',
  emailSubject: 'Ihr Code für <$application_name$>',
  emailCode:
    'Ihr Code für <$application_name$> ist <$otp$>. Wenn Sie sich nicht anmelden, kennt jemand Ihr Passwort: ändern Sie es.',
}

const byLanguage: Readonly<Record<string, Texts>> = { en: english, de: german }

export function messageFor(
  name: MessageName,
  company: Pick<CompanySettings, 'language' | 'messages'>,
  user: Pick<EngineUser, 'language'>,
  values: { readonly applicationName: string; readonly otp: string },
): string {
  const language = user.language || company.language
  const [base = language] = language.split('-')
  const own = (company.messages[language] ?? company.messages[base])?.[name === 'textReplyWithPin' ? 'textReply' : name]
  return fill(own || (byLanguage[base] ?? english)[name], values)
}

/** In one pass: a name that looks like a placeholder is not filled in again. */
function fill(
  text: string,
  { applicationName, otp }: { readonly applicationName: string; readonly otp: string },
): string {
  return text.replace(/<\$(application_name|otp)\$>/g, (_, name) => (name === 'otp' ? otp : applicationName))
}
