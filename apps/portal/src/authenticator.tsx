/** Starts the authenticator, the app that people install on their phones. */
import './lib/schemas-without-eval.ts'
import { AuthenticatorApp } from './authenticator/app.tsx'
import { vault } from './lib/vault.ts'
import { language } from './lib/words.ts'
import { startPage } from './lib/start-page.tsx'

await startPage(import.meta.glob(['./words/app/*.json'], { import: 'default' }), () => <AuthenticatorApp />)

// The service worker speaks in notifications, and cannot read what the page keeps elsewhere.
void vault.choose({ language: language() })
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/app/sw.js', { scope: '/app/' })
