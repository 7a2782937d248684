/** What language the reader of this page wants: the one that they chose, then their browser's. */
import { chooseLanguage, type Language } from './language.ts'

const place = 'sallyport-language'

export function readerLanguage(): Language {
  // Where there is no page, as in a test, nobody reads.
  if (typeof window === 'undefined') return 'en'
  const chosen = storage()?.getItem(place)
  return chooseLanguage([...(typeof chosen === 'string' ? [chosen] : []), ...navigator.languages])
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
