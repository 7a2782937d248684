/**
 * The target RADIUS server(s) in the browser: three real servers are added, put into another order, and the first one dies under
 * somebody who signs in; the list says so, and the next one answers.
 */
import { expect, test, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'
import { freeUdpPort, startFreeRadius } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { openSignedIn } from '../support/browser.ts'
import { startProduct, type Product } from '../support/product.ts'
import { ask, type Device } from '../support/vpn-device.ts'

type Server = Awaited<ReturnType<typeof startFreeRadius>>

test.describe.configure({ mode: 'serial' })

let product: Product
let administrator: Administrator
let device: Device
let page: Page
let servers: Server[] = []

test.beforeAll(async ({ browser }) => {
  const users = [{ name: 'alice', password: 'alicepw' }]
  servers = await Promise.all([0, 1, 2].map(() => startFreeRadius({ users, secret: 'secret-of-the-servers' })))
  product = await startProduct()
  administrator = await Administrator.setUp(product)
  device = { port: await freeUdpPort(), secret: 'the secret of the office' }
  await administrator.addClient(device.secret, { applicationName: 'Office VPN', requireUserMatch: false })
  const context = await openSignedIn(browser, product)
  page = await context.newPage()
  await page.setViewportSize({ width: 1280, height: 900 })
})

test.afterAll(async () => {
  await page.close()
  await product.remove()
  for (const server of servers) await server.stop()
})

const order = async () => {
  const { rows } = await administrator.call(api.radiusServers.list)
  return rows.map(({ authenticationPort }) => servers.findIndex((server) => server.passwordPort === authenticationPort))
}
const name = (at: number) => `127.0.0.1:${String(servers[at]?.passwordPort)}`
const row = (at: number) => page.getByRole('row').filter({ hasText: String(servers[at]?.passwordPort) })

test('a target without a server says what is missing; three servers are added', async () => {
  await page.goto('/radius-authentication?tab=target')
  await page.getByRole('radio', { name: /RADIUS server\(s\)/ }).click()
  await expect(page.getByText('Add a server first')).toBeVisible()
  for (const { passwordPort } of servers) {
    await page.getByRole('button', { name: 'Add…' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add RADIUS Server' })
    await dialog.getByLabel('IP address or host name').fill('127.0.0.1')
    await dialog.getByRole('textbox', { name: 'Shared secret' }).fill('secret-of-the-servers')
    await dialog.getByLabel('Authentication port').fill(String(passwordPort))
    await dialog.getByRole('button', { name: 'Add server' }).click()
    await expect(dialog).toBeHidden()
  }
  await page.getByRole('button', { name: 'Use these servers' }).click()
  await expect(row(0)).toContainText('alive')
  await expect(row(2)).toContainText('alive')
})

test('Move Up and Move Down put them into another order', async () => {
  expect(await order()).toEqual([0, 1, 2])
  await page.getByRole('button', { name: `Move Up: ${name(2)}` }).click()
  await expect.poll(order).toEqual([0, 2, 1])
  await page.getByRole('button', { name: `Move Down: ${name(0)}` }).click()
  await expect.poll(order).toEqual([2, 0, 1])
})

test('Test explains how one server does', async () => {
  await page.getByRole('button', { name: `Test ${name(2)}` }).click()
  const dialog = page.getByRole('dialog', { name: `Test ${name(2)}` })
  await dialog.getByRole('textbox', { name: 'User name (optional)' }).fill('alice')
  await dialog.getByRole('textbox', { name: 'Password (optional)' }).fill('alicepw')
  await dialog.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(dialog.getByText('It accepts this name and password.')).toBeVisible()
  await page.keyboard.press('Escape')
})

test('whoever saves second is shown what differs, and nothing typed is lost', async () => {
  await page.getByRole('button', { name: new RegExp(`^Edit .*${name(2)}$`) }).click()
  const dialog = page.getByRole('dialog', { name: `RADIUS Server ${name(2)}` })
  await dialog.getByRole('button', { name: /^More/ }).click()
  const tries = dialog.getByLabel('Tries', { exact: true })
  await tries.fill('5')
  const { rows } = await administrator.call(api.radiusServers.list)
  const saved = rows.find(({ authenticationPort }) => authenticationPort === servers[2]?.passwordPort)
  if (saved === undefined) throw new Error('The server is gone.')
  const { host, authenticationPort, accountingPort, transport, timeoutSeconds, messageAuthenticator, version } = saved
  await administrator.call(api.radiusServers.change, {
    params: { id: saved.id },
    body: {
      ...{ host, authenticationPort, accountingPort, transport, timeoutSeconds, messageAuthenticator, version },
      ...{ tries: 2, caPem: '', certificatePem: '' },
    },
  })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('table', { name: 'What differs' }).getByRole('row', { name: 'Tries' })).toContainText(
    '5',
  )
  await expect(tries).toHaveValue('5')
  await dialog.getByRole('button', { name: 'Take theirs' }).click()
  await expect(tries).toHaveValue('2')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
})

/** Plays the device on the Test sign-in screen; resolves when it was let in by the server of this name. */
async function passesOnTheScreen(expected: string): Promise<void> {
  const screen = await page.context().newPage()
  await screen.goto('/test-sign-in')
  await screen.getByRole('combobox', { name: 'RADIUS client' }).click()
  await screen.getByRole('option', { name: /Office VPN/ }).click()
  await screen.getByRole('combobox', { name: 'User name' }).fill('alice')
  await screen.getByLabel('Password', { exact: true }).fill('alicepw')
  await screen.getByRole('button', { name: 'Send Access-Request' }).click()
  const conversation = screen.getByRole('region', { name: 'Conversation' })
  await expect(conversation.getByRole('status')).toHaveText('Accepted: alice would be let in')
  await conversation.getByRole('button', { name: 'Open all' }).click()
  await expect(conversation.getByText(expected, { exact: true })).toBeVisible()
  await screen.close()
}

test('the first one dies: the list and Test sign-in show it, and the second takes over', async () => {
  const settings = await administrator.call(api.radius.readSettings)
  const { accountingPorts, accountingSilenceHours, version } = settings
  await administrator.call(api.radius.changeSettings, {
    body: { enabled: true, authenticationPorts: [device.port], accountingPorts, accountingSilenceHours, version },
  })
  expect((await ask(device, 'alice', 'alicepw')).reply?.code).toBe('Access-Accept')
  const serverOf = async () => {
    const { rows } = await administrator.call(api.reports.listSignIns, { query: {} })
    const [latest] = rows
    if (latest === undefined) return undefined
    const { rounds } = await administrator.call(api.reports.readSignIn, { params: { id: latest.id } })
    return rounds.flatMap(({ stages }) => stages.flatMap(({ facts }) => facts)).find((fact) => fact.name === 'server')
  }
  await expect.poll(async () => (await serverOf())?.value).toBe(name(2))
  await passesOnTheScreen(name(2))
  await servers[2]?.stop()
  await passesOnTheScreen(name(0))
  expect((await ask(device, 'alice', 'alicepw')).reply?.code).toBe('Access-Accept')
  await expect.poll(async () => (await serverOf())?.value).toBe(name(0))
  await expect(row(2)).toContainText('dead')
  await expect(row(2)).toContainText('Nothing listens')
  await expect(row(0)).toContainText('alive')
})
