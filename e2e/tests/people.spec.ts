/** What administrators do about people: who is let in from where, many users at once, one user's page. */
import { expect, test, type BrowserContext } from '@playwright/test'

import { Administrator } from '../support/administrator.ts'
import { openSignedIn } from '../support/browser.ts'
import { startProduct, type Product } from '../support/product.ts'

let product: Product
let context: BrowserContext

test.beforeAll(async ({ browser }) => {
  product = await startProduct()
  await Administrator.setUp(product)
  context = await openSignedIn(browser, product)
})

test.afterAll(async () => {
  await context.close()
  await product.remove()
})

test('a trusted network is added, tried, switched off and removed', async () => {
  const page = await context.newPage()
  await page.goto('/trusted-networks')
  await page.getByRole('button', { name: 'Add trusted network' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Head office')
  await dialog.getByLabel('Addresses').fill('0.0.0.0/0')
  await dialog.getByRole('button', { name: 'Add trusted network' }).click()
  await expect(dialog.getByText('This is too much to trust')).toBeVisible()
  await dialog.getByLabel('Addresses').fill('192.0.2.10 - 192.0.2.20')
  await dialog.getByRole('button', { name: 'Add trusted network' }).click()
  await expect(page.getByRole('cell', { name: '192.0.2.10-192.0.2.20' })).toBeVisible()

  const tried = page.getByRole('textbox', { name: 'Address' })
  await tried.fill('192.0.2.15')
  await expect(page.getByText('Head office lets people in from there on the password alone')).toBeVisible()
  await tried.fill('192.0.2.21')
  await expect(page.getByText('No trusted network holds this address')).toBeVisible()
  await tried.fill('192.0.2.15 and more')
  await expect(page.getByText('This is no address')).toBeVisible()

  await page.getByRole('button', { name: 'Open Head office' }).click()
  await dialog.getByLabel('In force').uncheck()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('cell', { name: 'Off', exact: true })).toBeVisible()
  await tried.fill('192.0.2.15')
  await expect(page.getByText('but it is off')).toBeVisible()

  await page.getByRole('button', { name: 'Remove Head office' }).click()
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('No network is trusted')).toBeVisible()
  await page.goto('/reports/changes')
  await expect(page.getByText('Head office').first()).toBeVisible()
  await page.close()
})
