/**
 * The main job, end to end: an administrator configures the server in the browser, a device that we did not write signs people in
 * against a real directory, and the report tells what happened and why.
 */
import { createSocket } from 'node:dgram'

import { expect, test, type Page } from '@playwright/test'
import { freeUdpPort, startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'

import { codeOf } from '../support/oath.ts'
import { startProduct, type Product } from '../support/product.ts'
import { ask, signIn, type Device } from '../support/vpn-device.ts'

const tokenSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const administrator = { username: 'admin', password: 'correct horse battery staple' }

test.describe.configure({ mode: 'serial' })

let directory: RunningSlapd
let product: Product
let device: Device
let page: Page

test.beforeAll(async ({ browser }) => {
  directory = await startSlapd()
  product = await startProduct()
  device = { port: await freeUdpPort(), secret: '' }
  page = await browser.newPage({ baseURL: product.consoleUrl, viewport: { width: 1280, height: 900 } })
})

test.afterAll(async () => {
  await page.close()
  await product.remove()
  await directory.remove()
})

test('set-up: nobody gets in without the code from the server’s log', async () => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Set up Sallyport' })).toBeVisible()
  const fill = async (code: string) => {
    await page.getByLabel('Set-up code').fill(code)
    await page.getByLabel('User name').fill(administrator.username)
    await page.getByLabel('Password', { exact: true }).fill(administrator.password)
    await page.getByLabel('Password again').fill(administrator.password)
    await page.getByRole('button', { name: 'Make administrator' }).click()
  }
  await fill('00000-00000-00000-00000')
  await expect(page.getByText('That is not the set-up code.')).toBeVisible()
  await fill(product.setUpCode)
  await expect(page.getByRole('heading', { name: 'Where passwords are checked' })).toBeVisible()
  await page
    .getByRole('link', { name: 'Leave, go on later' })
    .or(page.getByRole('button', { name: 'Leave, go on later' }))
    .click()
  await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible()
})

test('Directory Integration: the LDAP configuration is tested before it is saved', async () => {
  await page.getByRole('link', { name: 'Directory Integration' }).click()
  const server = page.getByRole('textbox', { name: 'Server 1' })
  await server.fill('ldap//wrong')
  await page.getByRole('combobox', { name: 'Connection security' }).click()
  await page.getByRole('option', { name: 'None: in clear' }).click()
  await page.getByLabel('Bind DN').fill(directory.bindDn)
  await page.getByRole('textbox', { name: 'Bind password' }).fill(directory.bindPassword)
  await page.getByLabel('Base DN').fill(directory.baseDn)
  await page.getByRole('textbox', { name: 'Search filter' }).fill('(uid={username})')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(server).toHaveAttribute('aria-invalid', 'true')

  await server.fill(directory.url)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('The test succeeded')).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('The LDAP configuration is saved')).toBeVisible()
})

test('RADIUS Authentication: LDAP bind is the target, and its Test explains itself', async () => {
  await page.getByRole('link', { name: 'RADIUS Authentication' }).click()
  await page.getByRole('tab', { name: 'Target' }).click()
  for (const name of ['Windows domain', 'RADIUS server(s)', 'Built-in users']) {
    await expect(page.getByRole('radio', { name })).not.toBeChecked()
  }
  await page.getByRole('radio', { name: 'LDAP bind' }).click()
  await expect(page.getByText('Passwords are checked by: LDAP bind, from now on.')).toBeVisible()
  const test = async (password: string) => {
    await page.getByLabel('User name').fill('alice')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Test', exact: true }).click()
  }
  await test('not-it')
  await expect(page.getByText('The target did not accept this name and password')).toBeVisible()
  await test('alicepw')
  await expect(page.getByText('The target accepts this name and password')).toBeVisible()
})

test('Clients: a client with a generated secret', async () => {
  await page.getByRole('tab', { name: 'Clients' }).click()
  await page.getByRole('button', { name: 'Add…' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add RADIUS Client' })
  await dialog.getByLabel('IP address').fill('127.0.0.1/33')
  await dialog.getByLabel('Application name').fill('Office VPN')
  await dialog.getByRole('button', { name: 'Generate' }).click()
  const secret = await dialog.getByRole('textbox', { name: 'Shared secret', exact: true }).inputValue()
  expect(secret.length).toBeGreaterThanOrEqual(32)
  await dialog.getByLabel('Require Multi-Factor Authentication user match').check()
  await dialog.getByRole('button', { name: 'Add client' }).click()
  await expect(dialog.getByText('Enter an IPv4 or IPv6 address')).toBeVisible()
  await dialog.getByLabel('IP address').fill('127.0.0.1')
  await dialog.getByRole('button', { name: 'Add client' }).click()
  await expect(page.getByText('Settings for Office VPN')).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('Office VPN').first()).toBeVisible()
  device = { ...device, secret }
})

test('Users: a user with a token whose secret is known', async () => {
  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('button', { name: 'Add user' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add user' })
  await dialog.getByLabel('User name').fill('alice')
  await dialog.getByRole('button', { name: 'Add user' }).click()
  await expect(page.getByRole('heading', { name: 'alice' })).toBeVisible()
  await page.getByRole('button', { name: 'Add token' }).click()
  const token = page.getByRole('dialog', { name: /Add token/ })
  await token.getByRole('radio', { name: 'Existing secret' }).click()
  await token.getByLabel('Secret key (Base32)').fill('not base32!')
  await token.getByRole('button', { name: 'Add token' }).click()
  await expect(token.getByText(/Base32 has the letters/)).toBeVisible()
  await token.getByLabel('Secret key (Base32)').fill(tokenSecret)
  await token.getByRole('button', { name: 'Add token' }).click()
  const added = page.getByRole('dialog', { name: /Token .* added/ })
  await added.getByLabel('Code').fill(await codeOf(tokenSecret))
  await added.getByRole('button', { name: 'Test' }).click()
  await expect(added.getByText('Right', { exact: true })).toBeVisible()
  await added.getByRole('button', { name: 'Done' }).click()
})

test('Enable RADIUS authentication takes effect at once, and a port in use is named', async () => {
  await page.getByRole('link', { name: 'RADIUS Authentication' }).click()
  const ports = page.getByLabel('Authentication port(s)')
  const save = page.getByRole('button', { name: 'Save ports' })
  await ports.fill(String(device.port))
  await save.click()
  await expect(page.getByText('The ports are saved')).toBeVisible()
  await page.getByLabel('Accounting port(s)').fill(String(await freeUdpPort()))
  await save.click()
  await expect(page.getByText('The accounting ports are saved')).toBeVisible()
  expect((await ask(device, 'alice', 'alicepw')).reply).toBeUndefined()
  await page.getByRole('checkbox', { name: 'Enable RADIUS authentication' }).click()
  await expect(page.getByText(`Listening on UDP port ${device.port}`)).toBeVisible()
  await expect(page.getByText('RADIUS on').first()).toBeVisible()

  const holder = createSocket('udp4')
  await new Promise<void>((resolve) => holder.bind(0, '127.0.0.1', resolve))
  const held = holder.address().port
  await ports.fill(`${device.port}, ${held}`)
  await save.click()
  await expect(page.getByText(`Port ${held} is in use by`).first()).toBeVisible()
  await expect(page.getByText(`process ${process.pid}`).first()).toBeVisible()
  expect((await ask(device, 'alice', 'alicepw')).reply?.code).toBe('Access-Challenge')
  await ports.fill(String(device.port))
  await save.click()
  await expect(page.getByText(`Port ${held} is in use by`)).toHaveCount(0)
  holder.close()
})

test('radclient signs alice in through the challenge, and the report shows it with its trace', async () => {
  const code = await codeOf(tokenSecret)
  const granted = await signIn(device, 'alice', 'alicepw', code)
  expect(granted.reply?.code, granted.output).toBe('Access-Accept')
  // Every reply to an Access-Request begins with Message-Authenticator.
  expect(granted.reply?.attributes[0]?.name).toBe('Message-Authenticator')

  await page.getByRole('link', { name: 'Sign-ins' }).click()
  const row = page.getByRole('row').filter({ hasText: 'alice' }).filter({ hasText: 'Accepted' })
  await expect(row).toBeVisible()
  await row.getByRole('button', { name: 'Open the sign-in of alice' }).click()
  await expect(page.getByText('Office VPN').first()).toBeVisible()
  await expect(page.getByText('Access-Challenge').first()).toBeVisible()
  await expect(page.getByText('Access-Accept').first()).toBeVisible()
  const text = await page.locator('body').innerText()
  expect(text).not.toContain('alicepw')
  expect(text).not.toContain(code)
})

test('each refusal is shown with its reason', async () => {
  const used = await codeOf(tokenSecret)
  await expectReply('alice', 'not-it', '', 'Access-Reject')
  await expectReply('bob', 'bobpw', '', 'Access-Reject')
  // The code of the sign-in before, or of the same step: used up either way.
  await signIn(device, 'alice', 'alicepw', used)
  const reused = await signIn(device, 'alice', 'alicepw', used)
  expect(reused.reply?.code).toBe('Access-Challenge')
  const wrong = await signIn(device, 'alice', 'alicepw', used === '000000' ? '111111' : '000000')
  expect(wrong.reply?.code).toBe('Access-Challenge')
  const stranger = await ask({ ...device, secret: 'another secret' }, 'alice', 'alicepw')
  expect(stranger.reply).toBeUndefined()
  const unknown = await ask({ ...device, address: '127.0.0.99' }, 'alice', 'alicepw')
  expect(unknown.reply).toBeUndefined()

  await page.goto('/reports/sign-ins')
  for (const reason of [
    'Wrong password',
    'Wrong code',
    'Code used before',
    'Not among the users',
    'Wrong shared secret?',
    'Unknown client',
  ]) {
    await expect(page.getByText(reason, { exact: false }).first(), reason).toBeVisible()
  }
})

test('unchecking Enable closes the port at once', async () => {
  await page.goto('/radius-authentication')
  await page.getByRole('checkbox', { name: 'Enable RADIUS authentication' }).click()
  await expect(page.getByText('RADIUS off').first()).toBeVisible()
  expect((await ask(device, 'alice', 'alicepw')).reply).toBeUndefined()
})

async function expectReply(username: string, password: string, code: string, reply: string): Promise<void> {
  const result = await signIn(device, username, password, code)
  expect(result.reply?.code, result.output).toBe(reply)
}
