/** Company Settings as the form holds them, and back: every language has all its texts there, empty where the product's stand. */
import {
  companySettings,
  productLanguages,
  type CompanySettings,
  type CompanyView,
  type MessageTexts,
} from '@sallyport/contract'

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

/** What the form checks by: everything but the version. */
export const companySchema = companySettings.omit({ version: true })

export function companyValues(view: CompanyView): CompanyValues {
  const settings = companySchema.strip().parse(view)
  const messages = languagesOf(settings.messages).map((language) => {
    const texts = messageNames.map((name) => [name, settings.messages[language]?.[name] ?? ''] as const)
    return [language, Object.fromEntries(texts)] as const
  })
  return { ...settings, messages: Object.fromEntries(messages) }
}

export function companyBody(values: CompanyValues, version: number): CompanySettings {
  const written = Object.entries(values.messages).flatMap(([language, texts]) => {
    const kept = Object.entries(texts).filter(([, text]) => text !== undefined && text.trim() !== '')
    return kept.length === 0 ? [] : [[language, Object.fromEntries(kept)] as const]
  })
  return { ...values, messages: Object.fromEntries(written), version }
}
