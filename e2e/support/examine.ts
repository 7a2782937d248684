/** Looks at a page of the portal as it stands: nothing serious for whoever cannot see it, nothing wider than the window. */
import { expect, test, type Page } from '@playwright/test'

import { colorSchemes, viewports } from './browser.ts'
import { settle } from './screens.ts'
import { violations } from './violations.ts'

/** Whoever wants to look as well says so: pictures of the whole page take as long as the checks. */
const wantsPictures = process.env['SALLYPORT_PICTURES'] !== undefined

export async function examine(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const viewport of viewports) {
    for (const colorScheme of colorSchemes) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await settle(page)
      const where = `${name}-${String(viewport.width)}-${colorScheme}`
      if (wantsPictures) await page.screenshot({ path: test.info().outputPath(`${where}.png`), fullPage: true })
      // What a page is made of does not depend on its colours.
      expect(await violations(page, colorScheme === 'dark' ? ['color-contrast'] : []), where).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
    }
  }
  if (before) await page.setViewportSize(before)
}
