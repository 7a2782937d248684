/** Every screen of the console in German: whole, accessible, and no wider than the window. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test'

import { openSignedIn, viewports } from '../support/browser.ts'
import { screens, settle, type Screen } from '../support/screens.ts'
import { signInsOfADay, startSite, type Site } from '../support/site.ts'
import { violations } from '../support/violations.ts'

// Traces of this many checks take longer than the checks.
test.use({ trace: 'off' })

let site: Site
let context: BrowserContext

test.beforeAll(async ({ browser }) => {
  site = await startSite()
  for (const act of signInsOfADay(site)) await act()
  context = await openSignedIn(browser, site.product)
  await context.addInitScript(() => localStorage.setItem('sallyport-language', 'de'))
})

test.afterAll(async () => {
  await context.close()
  await site.remove()
})

/** What has an address of its own: what is opened by a press is told by English words. */
const addressed: readonly Screen[] = screens.filter(({ open }) => open === undefined)

for (const { name, path } of addressed) {
  test(`${name} is whole in German, wide and narrow`, async () => {
    const page = await context.newPage()
    await page.goto(path)
    await page.getByRole('heading').first().waitFor()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    for (const viewport of viewports) {
      await page.setViewportSize(viewport)
      await settle(page)
      const where = `${name}-de-${String(viewport.width)}`
      await page.screenshot({ path: test.info().outputPath(`${where}.png`), fullPage: true })
      expect(await wordless(page), where).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(viewport.width)
    }
    expect(await violations(page)).toEqual([])
    await page.close()
  })
}

test('the sign-in page speaks the language of the browser, and the one that was chosen from then on', async ({
  browser,
}) => {
  const german = await browser.newContext({ baseURL: site.product.consoleUrl, locale: 'de-AT' })
  const page = await german.newPage()
  await page.goto('/sign-in')
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
  await page.getByLabel('Sprache').selectOption('English')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await german.close()
})

/** Keys that stand where words should. */
function wordless(page: Page): Promise<string[]> {
  return page
    .evaluate(() => document.body.innerText.match(/\b[a-z]+(?:-[a-z]+)*(?:\.[a-z][a-zA-Z-]+){1,4}\b(?!\()/g) ?? [])
    .then((found) =>
      found.filter((text) => !/\.(?:csv|com|net|org|test|local|invalid|localhost|example)$|^(?:e\.g|u\.a)/.test(text)),
    )
}
