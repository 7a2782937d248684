/** Company Settings as the form holds them, and back: every language has all its texts there, empty where the product's stand. */
import { productLanguages, type CompanySettings, type CompanyView, type MessageTexts } from '@sallyport/contract'

export type CompanyValues = Omit<CompanySettings, 'version'>

export const messageNames = [
  'textCode',
  'textReply',
  'emailSubject',
  'emailCode',
] as const satisfies readonly (keyof MessageTexts)[]

/** The product's languages, then those that somebody wrote texts in. */
export function languagesOf(messages: CompanySettings['messages']): readonly string[] {
  return [...new Set([...productLanguages, ...Object.keys(messages)])]
}

export function companyValues({ version: _version, factorOff: _factorOff, ...settings }: CompanyView): CompanyValues {
  const messages = languagesOf(settings.messages).map((language) => [
    language,
    Object.fromEntries(messageNames.map((name) => [name, settings.messages[language]?.[name] ?? ''])),
  ])
  return { ...settings, messages: Object.fromEntries(messages) }
}

export function companyBody(values: CompanyValues, version: number): CompanySettings {
  const written = Object.entries(values.messages).flatMap(([language, texts]) => {
    const kept = Object.entries(texts).filter(([, text]) => text !== undefined && text.trim() !== '')
    return kept.length === 0 ? [] : [[language, Object.fromEntries(kept)] as const]
  })
  return { ...values, messages: Object.fromEntries(written), version }
}
