/** What language the reader of this page gets: of those that they want, the first that there is. */
import { chooseLanguage, type Language } from './language.ts'

const place = 'sallyport-language'

export function readerLanguage(): Language {
  return chooseLanguage(wantedLanguages())
}

/** BCP 47 tags in the reader's order, also of languages that the apps do not speak: the one that they chose, then their browser's. */
export function wantedLanguages(): readonly string[] {
  // Where there is no page, as in a test, nobody reads.
  if (typeof window === 'undefined') return []
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
