/** Starts the portal, where people look after how they sign in. */
import './lib/schemas-without-eval.ts'
import { Portal } from './app/portal.tsx'
import { startPage } from './lib/start-page.tsx'

await startPage(import.meta.glob(['./words/portal/*.json'], { import: 'default' }), () => <Portal />)
