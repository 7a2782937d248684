/** What people do for themselves in the portal: the mobile app set up and used at the VPN, with a PIN that was set here. */
import { api } from '@sallyport/contract'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { freeUdpPort } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { examine } from '../support/examine.ts'
import { startProduct, type Product } from '../support/product.ts'
import { ask, type Device } from '../support/vpn-device.ts'

const password = 'five quiet words at noon'

let product: Product
let administrator: Administrator
let device: Device

test.setTimeout(240_000)

test.beforeAll(async () => {
  product = await startProduct()
  administrator = await Administrator.setUp(product)
  const { version } = await administrator.call(api.radius.readTarget)
  await administrator.call(api.radius.changeTarget, { body: { kind: 'built-in', version } })
  device = { port: await freeUdpPort(), secret: 'the secret of the office' }
  await administrator.addClient(device.secret)
  await administrator.enableRadius(device.port)
})

test.afterAll(() => product.remove())

async function addUser(username: string, firstName: string): Promise<string> {
  const names = { username, firstName, lastName: 'Maar', email: '', description: '', enabled: true }
  const body = { ...names, password: { password, mustChange: false } }
  return (await administrator.call(api.users.create, { body })).id
}

const linkFor = async (id: string) =>
  (await administrator.call(api.portalAdministration.createLink, { params: { id } })).url

const newPhone = async (browser: Browser) =>
  (
    await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB', reducedMotion: 'reduce' })
  ).newPage()

/** Registers this phone by the link that the portal shows for it. */
async function register(phone: Page, portal: Page, name: string): Promise<void> {
  const here = portal.getByRole('dialog').getByRole('link', { name: 'Open the authenticator here' })
  const path = (await here.getAttribute('href')) ?? ''
  await phone.goto(new URL(path, portal.url()).href)
  // Before the app listens to the server: from then on the network is never at rest.
  await phone.waitForLoadState('networkidle')
  await phone.getByLabel('Name of this device').fill(name)
  await phone.getByRole('button', { name: 'Add account' }).click()
}

const codeOn = async (phone: Page) => ((await phone.getByTestId('code').textContent()) ?? '').replaceAll(/\s/g, '')

test('the mobile app is set up from the portal, counts once it is confirmed, and approves at the VPN', async ({
  browser,
}) => {
  const id = await addUser('dora', 'Dora')
  const portal = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage()
  await portal.goto(await linkFor(id))
  await portal.getByRole('button', { name: 'Add the mobile app' }).click()
  await portal.getByRole('img', { name: /QR code/ }).waitFor()
  await examine(portal, 'activation')

  const phone = await newPhone(browser)
  await register(phone, portal, 'Phone of Dora')
  await phone.getByRole('heading', { name: 'One step is left' }).waitFor()
  await examine(phone, 'confirm-on-phone')
  // The portal noticed by itself; the device is nobody's factor yet.
  await expect(portal.getByText('“Phone of Dora” has registered')).toBeVisible()
  await examine(portal, 'registered')
  expect((await administrator.call(api.people.standing, { params: { id } })).devices).toEqual([])
  expect((await ask(device, 'dora', password)).reply?.code).toBe('Access-Reject')

  await portal.getByLabel('Code that the device shows').fill('000000')
  await portal.getByRole('button', { name: 'Confirm this device' }).click()
  await expect(portal.getByRole('dialog').getByRole('alert')).toContainText('not right')
  await expect(phone.getByTestId('code')).toHaveText(/\d{3} \d{3}/)
  await portal.getByLabel('Code that the device shows').fill(await codeOn(phone))
  await portal.getByRole('button', { name: 'Confirm this device' }).click()
  await expect(portal.getByRole('dialog')).toBeHidden()
  await expect(portal.getByText('Phone of Dora')).toBeVisible()
  await phone.getByRole('heading', { name: 'Nothing to approve' }).waitFor()

  const { factorOff, fraudMail, ...company } = await administrator.call(api.company.read)
  expect([factorOff, fraudMail.waiting]).toEqual([0, 0])
  await administrator.call(api.company.change, {
    body: { ...company, methods: ['push', 'oath'], numberMatching: 'off' },
  })
  const answer = ask(device, 'dora', password, undefined, 10)
  await phone.getByRole('heading', { name: 'Is this you?' }).waitFor()
  await phone.getByRole('button', { name: 'Approve' }).click()
  expect((await answer).reply?.code).toBe('Access-Accept')
  await phone.getByRole('button', { name: 'Done' }).click()

  // The app is to ask for a PIN: the portal says that it is missing, and the one that is set there is good at the VPN.
  const { version: now } = await administrator.call(api.company.read)
  await administrator.call(api.company.change, {
    body: { ...company, methods: ['push', 'oath'], numberMatching: 'off', appMode: 'pin', version: now },
  })
  await portal.reload()
  await expect(portal.getByText('You have no PIN yet')).toBeVisible()
  await examine(portal, 'pin-missing')
  await portal.getByRole('button', { name: 'Set a PIN' }).first().click()
  await portal.getByLabel(/^New PIN \*|^New PIN$/).fill('1234')
  await portal.getByLabel(/^New PIN, once more/).fill('1234')
  await portal.getByRole('button', { name: 'Save' }).click()
  await expect(portal.getByRole('dialog').getByRole('alert')).toContainText('not taken')
  await portal.getByLabel(/^New PIN \*|^New PIN$/).fill('2580')
  await portal.getByLabel(/^New PIN, once more/).fill('2580')
  await portal.getByRole('button', { name: 'Save' }).click()
  await expect(portal.getByRole('dialog')).toBeHidden()
  await expect(portal.getByText('You have no PIN yet')).toBeHidden()
  const withPin = ask(device, 'dora', password, undefined, 10)
  await phone.getByRole('heading', { name: 'Is this you?' }).waitFor()
  await phone.getByRole('button', { name: 'Approve' }).click()
  for (const digit of '2580') await phone.getByRole('button', { name: digit, exact: true }).click()
  await phone.getByRole('button', { name: 'Approve' }).click()
  expect((await withPin).reply?.code).toBe('Access-Accept')
  await phone.context().close()
  await portal.context().close()
})

test('a device that somebody else registered is thrown away, and the next code is for one’s own', async ({
  browser,
}) => {
  const portal = await newPhone(browser)
  await portal.goto(await linkFor(await addUser('erna', 'Erna')))
  await portal.getByRole('button', { name: 'Add the mobile app' }).click()
  const stranger = await newPhone(browser)
  await register(stranger, portal, 'Not hers')
  await expect(portal.getByText('“Not hers” has registered')).toBeVisible()
  await portal.getByRole('button', { name: 'It is not mine' }).click()
  await portal.getByRole('img', { name: /QR code/ }).waitFor()
  await expect(stranger.getByText('It was not confirmed in time')).toBeVisible()
  await stranger.context().close()
  await portal.context().close()
})
