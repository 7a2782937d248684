/**
 * Directory Integration in the browser: a container is chosen in the tree, a dry run is looked at, everybody comes; then two leave, and the
 * run waits for a yes.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'
import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'
import { Administrator } from '../support/administrator.ts'
import { openSignedIn } from '../support/browser.ts'
import { startProduct, type Product } from '../support/product.ts'

test.describe.configure({ mode: 'serial' })

let slapd: RunningSlapd
let product: Product
let administrator: Administrator
let page: Page

test.beforeAll(async ({ browser }) => {
  slapd = await startSlapd()
  product = await startProduct()
  administrator = await Administrator.setUp(product)
  await administrator.useLdap(slapd)
  const context = await openSignedIn(browser, product)
  page = await context.newPage()
  await page.setViewportSize({ width: 1280, height: 900 })
})

test.afterAll(async () => {
  await page.close()
  await product.remove()
  await slapd.remove()
})

test('shows what the mapping makes of three people', async () => {
  await page.goto('/directory-integration?tab=attributes')
  await page.getByRole('button', { name: 'Show three people' }).click()
  await expect(page.getByText('alice@sallyport.test')).toBeVisible()
})

test('a container is chosen in the tree, and saved', async () => {
  await page.getByRole('tab', { name: 'Synchronization' }).click()
  await page.getByRole('button', { name: 'Add…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Browse the directory' }).click()
  await dialog.getByRole('button', { name: 'Open dc=sallyport,dc=test' }).click()
  await dialog.getByRole('button', { name: 'Choose people' }).click()
  await expect(dialog.getByLabel('DN')).toHaveValue('ou=people,dc=sallyport,dc=test')
  await dialog.getByRole('button', { name: 'Add to the list' }).click()
  await page.getByLabel(/^Require approval/).fill('1')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved: the next run goes by it.')).toBeVisible()
})

test('a dry run lists who would come, and nobody comes', async () => {
  await page.getByRole('button', { name: 'Dry run' }).click()
  await expect(page.getByText('Would be: 3 added')).toBeVisible()
  await expect(page.getByText('To add')).toHaveCount(3)
  expect((await administrator.call(api.users.list)).total).toBe(0)
})

test('everybody comes', async () => {
  await page.getByRole('link', { name: 'Synchronization' }).click()
  await page.getByRole('button', { name: 'Synchronize Now' }).click()
  await expect(page.getByText('Done: 3 added')).toBeVisible()
  expect((await administrator.call(api.users.list)).total).toBe(3)
})

test('two who leave are disabled once somebody says yes', async () => {
  const dns = ['alice', 'bob'].map((uid) => slapd.userDn(uid))
  const account = ['-x', '-H', slapd.url, '-D', slapd.adminDn, '-w', slapd.adminPassword]
  await promisify(execFile)('ldapdelete', [...account, ...dns])
  await page.getByRole('link', { name: 'Synchronization' }).click()
  await page.getByRole('button', { name: 'Synchronize Now' }).click()
  await expect(page.getByText('Waits for approval: 2 disabled')).toBeVisible()
  const enabled = async () => (await administrator.call(api.users.list, { query: { enabled: 'true' } })).total
  expect(await enabled()).toBe(3)
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByText('Done: 2 disabled')).toBeVisible()
  expect(await enabled()).toBe(1)
})
