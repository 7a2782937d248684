/** Starts the console in the page. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './lib/schemas-without-eval.ts'
import { App } from './app/app.tsx'
import { language, loadWords } from './lib/words.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root element.')
document.documentElement.lang = language()
void loadWords().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
)
