/** The languages that the apps speak, and which of them somebody gets. */

/** Every language that there is, under its own name; the first is the ground of the others. */
export const languages = { en: 'English', de: 'Deutsch' } as const

export type Language = keyof typeof languages

/**
 * The first language of somebody's that there is, else English.
 * @param wanted BCP 47 tags in the reader's order
 */
export function chooseLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.split('-')[0]?.toLowerCase() ?? tag).find((tag) => isLanguage(tag)) ?? 'en'
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag)
}
