/**
 * Photographs every screen, on a new server and on one at work, for desk and phone, light and dark.
 * `--readme` makes the README's picture besides: its sign-ins come over ten minutes, so that the chart has something to say.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'

import { Administrator } from './support/administrator.ts'
import { colorSchemes, launchOptions, openSignedIn, viewports } from './support/browser.ts'
import { startProduct } from './support/product.ts'
import { detailScreens, openScreen, screens, settle, type Screen } from './support/screens.ts'
import { signInsOfADay, startSite, type Site } from './support/site.ts'
import { importUsers } from './support/user-files.ts'
import { accountForADay, sessionOf } from './support/vpn-sessions.ts'

const pictures = fileURLToPath(new URL('test-results/screenshots/', import.meta.url))
const readmePicture = fileURLToPath(new URL('../apps/console/docs/status.png', import.meta.url))
const readmeMinutes = 10
const forReadme = process.argv.includes('--readme')

/** A list of ten thousand has no end worth seeing. */
const tallestPx = 2_600

const browser = await chromium.launch(launchOptions)
try {
  await photographNewServer(browser)
  await photographSite(browser)
} finally {
  await browser.close()
}
console.log(`The pictures are in ${pictures}`)

async function photographNewServer(on: Browser): Promise<void> {
  const product = await startProduct()
  try {
    const stranger = await on.newContext({ baseURL: product.consoleUrl, reducedMotion: 'reduce' })
    await photograph(stranger, 'empty', [{ name: 'set-up', path: '/set-up', heading: 'Set up Sallyport' }])
    await Administrator.setUp(product)
    await photograph(stranger, 'empty', [{ name: 'sign-in', path: '/sign-in', heading: 'Sign in' }])
    await stranger.close()
    const context = await openSignedIn(on, product)
    const steps = { name: 'set-up-next', path: '/set-up', heading: 'Where passwords are checked' }
    await photograph(context, 'empty', [steps, ...screens])
    await context.close()
  } finally {
    await product.remove()
  }
}

async function photographSite(on: Browser): Promise<void> {
  const site = await startSite()
  try {
    await signInAll(site)
    await accountForADay(site)
    const context = await openSignedIn(on, site.product)
    if (forReadme) await photographForReadme(context)
    await importUsers(site.administrator, 10_000)
    const [row] = await site.administrator.signIns({ username: 'alice', limit: 1 })
    const ids = {
      userId: site.userIds.get('alice') ?? '',
      clientId: site.clientId,
      importId: site.importId,
      userImportIds: site.userImportIds,
      productImportId: site.productImportId,
      signInId: row?.id ?? '',
      vpnSessionId: (await sessionOf(site, 'alice')).id,
    }
    await photograph(context, 'full', [...screens, ...detailScreens(ids)])
    await context.close()
  } finally {
    await site.remove()
  }
}

async function signInAll(site: Site): Promise<void> {
  const day = signInsOfADay(site)
  const rounds = forReadme ? 4 : 1
  const pauseMs = forReadme ? (readmeMinutes * 60_000) / (day.length * rounds) : 0
  for (let round = 0; round < rounds; round += 1) {
    for (const act of day) {
      await act()
      await delay(pauseMs)
    }
  }
}

async function photograph(context: BrowserContext, kind: string, which: readonly Screen[]): Promise<void> {
  const page = await context.newPage()
  for (const viewport of viewports) {
    for (const colorScheme of colorSchemes) {
      const folder = join(pictures, kind, `${viewport.width}-${colorScheme}`)
      await mkdir(folder, { recursive: true })
      await page.emulateMedia({ colorScheme })
      for (const screen of which) {
        // What is opened by a click is opened on a desk.
        await page.setViewportSize(viewports[0])
        await openScreen(page, screen)
        await page.setViewportSize(viewport)
        await photographWhole(page, viewport, join(folder, `${screen.name}.png`))
      }
    }
  }
  await page.close()
}

/** The whole page, in a window as tall as it is: what is fixed to the window stays where people see it. */
async function photographWhole(page: Page, viewport: (typeof viewports)[number], path: string): Promise<void> {
  const tall = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: viewport.width, height: Math.min(Math.max(tall, viewport.height), tallestPx) })
  await settle(page)
  await page.screenshot({ path })
  await page.setViewportSize(viewport)
}

async function photographForReadme(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await page.setViewportSize(viewports[0])
  await page.emulateMedia({ colorScheme: 'light' })
  await openScreen(page, { name: 'status', path: '/status', heading: 'Status' })
  await photographWhole(page, viewports[0], readmePicture)
  await page.close()
}
