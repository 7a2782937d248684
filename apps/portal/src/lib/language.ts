/** The languages that there are, and which a reader wants: the one that they chose, then their browser's. */

const place = 'sallyport-language'

/** Every language that there is, under its own name. */
export const languages: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' }

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
