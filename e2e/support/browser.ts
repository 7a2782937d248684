/** The browser that stands for everybody's: the system's Chromium, which asks nobody for anything of its own. */
import { type Browser, type BrowserContext, type LaunchOptions } from '@playwright/test'

import { Administrator } from './administrator.ts'
import { type Product } from './product.ts'

export const launchOptions: LaunchOptions = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** A desk and a phone, in CSS pixels. */
export const viewports = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const

export const colorSchemes = ['light', 'dark'] as const

/** A window onto the console in which somebody has signed in by the form. */
export async function openSignedIn(
  browser: Browser,
  product: Pick<Product, 'consoleUrl'>,
  credentials: { readonly username: string; readonly password: string } = Administrator.credentials,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: product.consoleUrl, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('User name').fill(credentials.username)
  await page.getByLabel('Password', { exact: true }).fill(credentials.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Status', level: 1 }).waitFor()
  await page.close()
  return context
}
