/** A phone in the user portal: proven by the code that a gateway on loopback received, then asked at the VPN; guessing ends soon. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, test, type Page } from '@playwright/test'
import { api, portalSettings } from '@sallyport/contract'
import { freeUdpPort } from '@sallyport/tooling/servers'

import { Administrator } from '../support/administrator.ts'
import { examine } from '../support/examine.ts'
import { startProduct, type Product } from '../support/product.ts'
import { ask, type Device } from '../support/vpn-device.ts'

const password = 'five quiet words at noon'
const texts: { readonly to: string; readonly text: string }[] = []

let product: Product
let administrator: Administrator
let device: Device
let gateway: Server

test.setTimeout(240_000)

test.beforeAll(async () => {
  gateway = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      texts.push(JSON.parse(body) as (typeof texts)[number])
      response.end('{}')
    })
  })
  gateway.listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  const url = `http://127.0.0.1:${String((gateway.address() as AddressInfo).port)}`
  product = await startProduct()
  administrator = await Administrator.setUp(product)
  const { version } = await administrator.call(api.radius.readTarget)
  await administrator.call(api.radius.changeTarget, { body: { kind: 'built-in', version } })
  device = { port: await freeUdpPort(), secret: 'the secret of the office' }
  await administrator.addClient(device.secret)
  await administrator.enableRadius(device.port)
  const portal = portalSettings.strip().parse(await administrator.call(api.portalAdministration.readSettings))
  await administrator.call(api.portalAdministration.changeSettings, {
    body: { ...portal, methods: ['software-token', 'text'], chooseModes: true, ownBypassSeconds: 900 },
  })
  const sms = { type: 'http-sms', method: 'POST', url, bodyFormat: 'json' } as const
  const open = { sender: '', authentication: 'none', username: '', caPem: null, timeoutSeconds: 5 } as const
  const rules = { successText: '', referenceField: '', callbackUrl: null, callbackProof: 'secret' } as const
  const receipts = { receiptReferenceField: '', receiptStateField: '', deliveredStates: '', failedStates: '' }
  const replies = { replyFromField: '', replyToField: '', replyTextField: '' }
  await administrator.call(api.gateways.create, {
    body: {
      ...{ name: 'Texts', enabled: true },
      configuration: {
        ...sms,
        headers: [],
        ...open,
        ...rules,
        ...receipts,
        ...replies,
        body: '{"to":"{{to}}","text":"{{text}}"}',
      },
    },
  })
})

test.afterAll(async () => {
  await product.remove()
  gateway.close()
})

const codeIn = (text: string | undefined) => /\d{6}/.exec(text ?? '')?.[0] ?? ''

async function comeIn(page: Page, username: string): Promise<void> {
  const names = { username, firstName: 'Dora', lastName: 'Maar', email: '', description: '', enabled: true }
  const { id } = await administrator.call(api.users.create, {
    body: { ...names, password: { password, mustChange: false } },
  })
  const { url } = await administrator.call(api.portalAdministration.createLink, { params: { id } })
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Hello Dora Maar' })).toBeVisible()
}

async function askForCode(page: Page, number: string): Promise<string> {
  const before = texts.length
  await page.getByRole('button', { name: 'Set up: Phone number' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Phone number').fill(number)
  await dialog.getByRole('button', { name: 'Send me a text' }).click()
  await dialog.getByLabel('Code').waitFor()
  await expect.poll(() => texts.length).toBe(before + 1)
  return codeIn(texts.at(-1)?.text)
}

async function type(page: Page, code: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Code').fill(code)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
}

test('somebody sets up a phone by the code that its gateway received, and signs in at the VPN by text', async ({
  page,
}) => {
  await comeIn(page, 'dora')
  await page.getByRole('button', { name: 'Set up: Phone number' }).click()
  await examine(page, 'enter-number')
  await page.getByRole('button', { name: 'Cancel' }).click()
  const code = await askForCode(page, '+49 30 901820')
  await examine(page, 'type-code')
  await type(page, code)
  await expect(page.getByRole('dialog')).toBeHidden()
  // A link's session sees enough of it to know it again.
  await expect(page.getByText('…820')).toBeVisible()

  const asked = await ask(device, 'dora', password)
  expect(asked.reply?.code).toBe('Access-Challenge')
  await expect.poll(() => texts.at(-1)?.text).toContain('Your code for')
  expect(texts.at(-1)?.to).toBe('+4930901820')
  const state = asked.reply?.attributes.find(({ name }) => name === 'State')?.value
  const done = await ask(device, 'dora', codeIn(texts.at(-1)?.text), state)
  expect(done.reply?.code).toBe('Access-Accept')

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('User name').fill('dora')
  await page.getByLabel(/^Password/).fill(password)
  const before = texts.length
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Answer').waitFor()
  await expect.poll(() => texts.length).toBe(before + 1)
  await page.getByLabel('Answer').fill(codeIn(texts.at(-1)?.text))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('+4930901820')).toBeVisible()
  await page.getByRole('button', { name: 'Move Text message up' }).click()
  await expect(page.getByRole('button', { name: 'Move Text message up' })).toBeDisabled()
  await page.getByRole('button', { name: 'Let me in once' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Let me in once' }).click()
  await expect(page.getByText(/your next sign-in needs your password alone/).first()).toBeVisible()
  await examine(page, 'home')
  expect((await ask(device, 'dora', password)).reply?.code).toBe('Access-Accept')
  await page.getByLabel('Language').selectOption('de')
  await expect(page.getByRole('heading', { name: 'Telefon und Mail' })).toBeVisible()
  await examine(page, 'home-de')
  // Company Settings block whoever reports, and the session ends with that.
  await page
    .getByRole('button', { name: /^Das war ich nicht/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Das war ich nicht' }).click()
  await expect(page.getByLabel('Benutzername')).toBeVisible()
  const { rows } = await administrator.call(api.people.fraudReports)
  expect(rows).toMatchObject([{ user: { username: 'dora' }, via: 'portal', blocked: true }])
  expect((await ask(device, 'dora', password)).reply?.code).not.toBe('Access-Accept')
})

test('the fifth wrong code ends it: the right one does not help any more', async ({ page }) => {
  await comeIn(page, 'guesser')
  const code = await askForCode(page, '+49 30 901821')
  const wrong = code === '000000' ? '000001' : '000000'
  for (let tries = 0; tries < 4; tries++) {
    await type(page, wrong)
    await expect(page.getByRole('alert')).toContainText('This code is not right')
    await expect(page.getByRole('dialog').getByLabel('Code')).toHaveValue('')
  }
  await type(page, wrong)
  await expect(page.getByRole('alert')).toContainText('wrong five times')
  await type(page, code)
  await expect(page.getByRole('alert')).toContainText('wrong five times')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('None yet. Texts with codes and calls go there.')).toBeVisible()
})
