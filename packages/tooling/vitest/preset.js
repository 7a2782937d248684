/** The vitest settings that every package starts from. */
import { defineConfig } from 'vitest/config'

export const preset = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'servers/**/*.test.ts', 'test/**/*.test.ts', '*.test.ts'],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
})
