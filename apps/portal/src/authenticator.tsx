/** Starts the authenticator, the app that people install on their phones. */
import './lib/schemas-without-eval.ts'
import { AuthenticatorApp } from './authenticator/app.tsx'
import { startPage } from './lib/start-page.tsx'

await startPage(import.meta.glob(['./words/{common,app}/*.json'], { import: 'default' }), () => <AuthenticatorApp />)
