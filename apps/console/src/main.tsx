/** Starts the console in the page. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './lib/schemas-without-eval.ts'
import { App } from './app/app.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root element.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
