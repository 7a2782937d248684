/** Looks at a screen of the console as it stands: accessible, unbroken at every width, nothing in the browser's log, whole in German. */
import { expect, type Page } from '@playwright/test'

import { colorSchemes, viewports } from './browser.ts'
import { openScreen, settle, type Screen } from './screens.ts'
import { violations } from './violations.ts'

/** One load, then each width in each scheme: nothing that axe calls serious, nothing sideways, nothing in the console. */
export async function examineScreen(page: Page, screen: Screen): Promise<void> {
  const complaints = listen(page)
  await page.setViewportSize(viewports[0])
  await openScreen(page, screen)
  for (const viewport of viewports) {
    await page.setViewportSize(viewport)
    for (const colorScheme of colorSchemes) {
      await page.emulateMedia({ colorScheme })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
      await settle(page)
      const where = `${screen.name}, ${viewport.width} px, ${colorScheme}`
      expect(await sidewaysPx(page), `${where}: scrolls sideways`).toBe(0)
      // What a page is made of does not depend on its colours.
      expect(await violations(page, colorScheme === 'dark' ? ['color-contrast'] : []), where).toEqual([])
    }
  }
  expect(complaints, screen.name).toEqual([])
  await page.close()
}

/** What the browser's console and network complain of, from now on. */
function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A page that is left stops what it was still asking for.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`)
  })
  page.on('response', (response) => {
    // The sign-in page asks whether somebody is signed in, and nobody is.
    const asksWho = response.status() === 401 && response.url().endsWith('/api/session')
    if (response.status() >= 400 && !asksWho) complaints.push(`${response.url()}: ${response.status()}`)
  })
  return complaints
}

function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return Math.max(0, scrollWidth - clientWidth)
  })
}

/** One load in a window that reads German: its words alone are others than in English, so that these and what they widen are looked at. */
export async function examineInGerman(page: Page, { name, path }: Screen): Promise<void> {
  await page.setViewportSize(viewports[0])
  await page.goto(path)
  await page.getByRole('heading').first().waitFor()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  for (const viewport of viewports) {
    await page.setViewportSize(viewport)
    await settle(page)
    const where = `${name} in German, ${viewport.width} px`
    expect(await wordless(page), where).toEqual([])
    expect(await sidewaysPx(page), `${where}: scrolls sideways`).toBe(0)
  }
  await page.close()
}

/** Keys that stand where words should. */
function wordless(page: Page): Promise<string[]> {
  return page
    .evaluate(() => document.body.innerText.match(/\b[a-z]+(?:-[a-z]+)*(?:\.[a-z][a-zA-Z-]+){1,4}\b(?!\()/g) ?? [])
    .then((found) =>
      found.filter(
        (text) => !/\.(?:csv|cfg|com|net|org|test|local|invalid|localhost|example)$|^(?:e\.g|u\.a)/.test(text),
      ),
    )
}
