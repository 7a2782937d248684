/** The user portal as people meet it: in by a link, a token enrolled, its codes good at the VPN; then in by password and code. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'
import { freeUdpPort } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { examine } from '../support/examine.ts'
import { codeOf } from '../support/oath.ts'
import { startProduct, type Product } from '../support/product.ts'
import { signIn, type Device } from '../support/vpn-device.ts'

const password = 'five quiet words at noon'

let product: Product
let administrator: Administrator
let device: Device
let userId: string

test.setTimeout(180_000)

test.beforeAll(async () => {
  product = await startProduct()
  administrator = await Administrator.setUp(product)
  const { version } = await administrator.call(api.radius.readTarget)
  await administrator.call(api.radius.changeTarget, { body: { kind: 'built-in', version } })
  device = { port: await freeUdpPort(), secret: 'the secret of the office' }
  await administrator.addClient(device.secret)
  await administrator.enableRadius(device.port)
  const names = { username: 'dora', firstName: 'Dora', lastName: 'Maar', email: '', description: '', enabled: true }
  const user = await administrator.call(api.users.create, {
    body: { ...names, password: { password, mustChange: false } },
  })
  userId = user.id
})

test.afterAll(() => product.remove())

const makeLink = async () =>
  (await administrator.call(api.portalAdministration.createLink, { params: { id: userId } })).url

/** Enrols an authenticator app by the dialog; the answer is its secret. */
async function enrol(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  const dialog = page.getByRole('dialog')
  const uri = (await dialog.getByRole('link', { name: /open your authenticator app/i }).getAttribute('href')) ?? ''
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  await dialog.getByLabel('Code that the app shows').fill('000000')
  await dialog.getByLabel('Name (optional)').fill(name)
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await expect(dialog.getByRole('alert')).toContainText('This code is not right')
  await dialog.getByLabel('Code that the app shows').fill(await codeOf(secret))
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(name, { exact: true })).toBeVisible()
  return secret
}

async function openPortal(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  return page
}

test('somebody new comes in by a link, enrols, signs in at the VPN, and looks after what they have', async ({
  browser,
}) => {
  const link = await makeLink()
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const page = await openPortal(context, link)
  await expect(page.getByRole('heading', { name: 'Hello Dora Maar' })).toBeVisible()
  expect(page.url()).not.toContain('#')
  await examine(page, 'enrolment')
  const phone = await enrol(page, 'My phone')
  const tablet = await enrol(page, 'My tablet')
  await expect(page.getByText('Your second factor is set up')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0)
  // The code that proved it is used up: the next one is good.
  const { reply } = await signIn(device, 'dora', password, await codeOf(phone, Date.now() + 30_000))
  expect(reply?.code).toBe('Access-Accept')
  await page.getByRole('button', { name: 'Sign out' }).click()

  const replayed = await openPortal(await browser.newContext(), link)
  await expect(replayed.getByRole('alert')).toContainText('This link has been used')
  await examine(replayed, 'link-used')
  await replayed.context().close()

  await page.getByLabel('User name').fill('dora')
  await page.getByLabel(/^Password/).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Answer').fill(await codeOf(tablet, Date.now() + 30_000))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'Your second factors' })).toBeVisible()
  await examine(page, 'home')
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  await examine(page, 'add-app')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Remove: My phone' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('My phone', { exact: true })).toBeHidden()
  await page.getByRole('button', { name: 'Remove: My tablet' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('region').getByRole('alert')).toContainText('the last thing')
  await page.getByLabel('Language').selectOption('de')
  await expect(page.getByRole('heading', { name: 'Ihre zweiten Faktoren' })).toBeVisible()
  await examine(page, 'home-de')
  await context.close()
})
