/** Which language a reader gets: the one they chose, else the first of their browser's that there is, else English. */

const place = 'sallyport-language'

/** Every language that there is, under its own name. */
export const languages: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' }

/** @param offered tags that there are words for */
export function chooseLanguage(wanted: readonly string[], offered: readonly string[]): string {
  return wanted.map((tag) => tag.split('-')[0]?.toLowerCase() ?? tag).find((tag) => offered.includes(tag)) ?? 'en'
}

/** What this reader wants, in their order. */
export function wantedLanguages(): readonly string[] {
  const chosen = storage()?.getItem(place)
  return [...(typeof chosen === 'string' ? [chosen] : []), ...navigator.languages]
}

/** Remembers the choice on this device; the page has to be loaded anew. */
export function rememberLanguage(language: string): void {
  storage()?.setItem(place, language)
}

function storage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    // Switched off: the browser's languages decide.
    return undefined
  }
}
