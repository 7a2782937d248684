/** The set-up wizard offers every kind of target, and goes on to a first user who can sign in with it. */
import { expect, test, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'
import { startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { openSignedIn } from '../support/browser.ts'
import { startProduct, type Product } from '../support/product.ts'

let product: Product
let administrator: Administrator
let directory: RunningSlapd
let page: Page

test.beforeAll(async ({ browser }) => {
  directory = await startSlapd()
  product = await startProduct()
  administrator = await Administrator.setUp(product)
  page = await (await openSignedIn(browser, product)).newPage()
  page.setDefaultTimeout(10_000)
})
test.afterAll(async () => {
  await page.close()
  await product.remove()
  await directory.remove()
})

const kind = async () => (await administrator.call(api.radius.readTarget)).kind

test('LDAP is described where it is chosen, and is the target once that is saved', async () => {
  await page.goto('/set-up?step=target')
  await expect(page.getByRole('button', { name: 'Later' })).toBeVisible()
  await page.getByRole('radio', { name: /LDAP bind/ }).click()
  await page.getByLabel('Bind DN').fill(directory.bindDn)
  await page.getByRole('textbox', { name: 'Bind password' }).fill(directory.bindPassword)
  await page.getByLabel('Base DN').fill(directory.baseDn)
  await page.getByRole('textbox', { name: 'Server 1' }).fill(directory.url)
  await page.getByRole('combobox', { name: 'Connection security' }).click()
  await page.getByRole('option', { name: 'None: in clear' }).click()
  expect(await kind()).toBe('none')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(kind).toBe('ldap')
  await page.getByRole('textbox', { name: 'User name' }).fill('alice')
  await page.getByLabel('Password', { exact: true }).fill('alicepw')
  // The form's own Test stands above it.
  await page.getByRole('button', { name: 'Test', exact: true }).last().click()
  await expect(page.getByText('The target accepts this name and password')).toBeVisible()
})

test('RADIUS servers and a Windows domain are seen to before they are the target', async () => {
  await page.getByRole('radio', { name: /RADIUS server\(s\)/ }).click()
  await expect(page.getByText('Add a server first')).toBeVisible()
  await page.getByRole('radio', { name: /Windows domain/ }).click()
  await expect(page.getByRole('textbox', { name: /DNS name/ })).toBeVisible()
  expect(await kind()).toBe('ldap')
})

test('with built-in users, the first user gets a password in the wizard', async () => {
  await page.getByRole('radio', { name: /Built-in users/ }).click()
  await expect.poll(kind).toBe('built-in')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Later' }).click()
  await page.getByLabel('User name').fill('first')
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('four plain words here')
  await page.getByRole('button', { name: 'Add user and show QR code' }).click()
  await expect(page.getByRole('img', { name: /QR/ })).toBeVisible()
  const { rows } = await administrator.call(api.users.list, { query: {} })
  expect(rows).toMatchObject([{ username: 'first', tokenCount: 1, password: { mustChange: false } }])
})
