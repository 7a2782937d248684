/** The product as its users meet it: a browser in front, real RADIUS clients and a real directory around it. */
import { defineConfig } from '@playwright/test'

import { launchOptions } from './support/browser.ts'

export default defineConfig({
  testDir: 'tests',
  // Each test file starts servers of its own, and waits for them and for the browser half of the time: two fill each other's pauses.
  workers: 2,
  fullyParallel: false,
  // A guard against what never ends, also on a machine that does much else.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  outputDir: 'test-results/artifacts',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    // What was done and what the page was then; a film of it takes as long as the tests.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions,
  },
})
