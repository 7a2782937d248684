import { defineConfig } from 'vite'

// The service worker is one classic script under a name that stays: not every browser takes a module here.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    rolldownOptions: { input: 'src/worker/sw.ts', output: { format: 'iife', entryFileNames: 'app/sw.js' } },
  },
})
