import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The port on which a server answers /api while the portal is being worked on.
const apiPort = process.env['SALLYPORT_API_PORT'] ?? '8081'

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Two pages: the portal at /, the authenticator at /app/.
    rolldownOptions: { input: { portal: 'index.html', app: 'app/index.html' } },
  },
  // The server lets in what names its own origin: the browser's Host goes on as it is.
  server: { proxy: { '/api': { target: `http://127.0.0.1:${apiPort}`, changeOrigin: false } } },
})
