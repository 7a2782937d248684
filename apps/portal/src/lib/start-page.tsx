/** Starts a page of this app: the reader's language, then the components around what the page shows. */
import { UiProvider } from '@sallyport/ui'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { wantedLanguages } from './language.ts'
import { uiWords } from './ui-words.ts'
import { loadWords, type WordFiles } from './words.ts'

/** @param page makes what is shown, once there are words for it */
export async function startPage(files: WordFiles, page: () => ReactNode): Promise<void> {
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no #root element.')
  document.documentElement.lang = await loadWords(files, wantedLanguages())
  createRoot(root).render(
    <StrictMode>
      <UiProvider words={uiWords()}>{page()}</UiProvider>
    </StrictMode>,
  )
}
