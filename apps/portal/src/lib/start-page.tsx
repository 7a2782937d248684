/** Starts a page of this app: the reader's language, then the components around what the page shows. */
import { UiProvider } from '@sallyport/ui'
import { readerLanguage } from '@sallyport/ui/reader-language'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadWords, type WordFiles } from './words.ts'

/** @param page makes what is shown, once there are words for it */
export async function startPage(files: WordFiles, page: () => ReactNode): Promise<void> {
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no #root element.')
  const language = readerLanguage()
  await loadWords(files, language)
  document.documentElement.lang = language
  createRoot(root).render(
    <StrictMode>
      <UiProvider language={language}>{page()}</UiProvider>
    </StrictMode>,
  )
}
