import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// The port on which a server answers /api while the console is being worked on.
const apiPort = process.env['SALLYPORT_API_PORT'] ?? '8443'

export default defineConfig({
  plugins: [react(), withoutSummaries()],
  build: { outDir: 'dist', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  // The server lets in what names its own origin: the browser's Host goes on as it is.
  server: { proxy: { '/api': { target: `http://127.0.0.1:${apiPort}`, changeOrigin: false } } },
})

/** What the API's document says of each endpoint is for the server alone: kilobytes that nobody waits for at the sign-in. */
function withoutSummaries(): Plugin {
  const summary = /(?<=\bsummary:\s*)(?:'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)/g
  return {
    name: 'without-summaries',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('/packages/contract/src/') ? { code: code.replace(summary, "''"), map: null } : null,
  }
}
