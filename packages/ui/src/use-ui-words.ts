/** The language in which the components speak; the provider says which. */
import { createContext, use } from 'react'
import type { Language } from './language.ts'
import { uiWords, type UiWords } from './words.ts'

/** Without a provider it is English. */
export const LanguageContext = createContext<Language>('en')

export function useLanguage(): Language {
  return use(LanguageContext)
}

export function useUiWords(): UiWords {
  return uiWords[useLanguage()]
}
