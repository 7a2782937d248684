/** Administrators come in by password and second factor, as a new server is delivered, and prove it again before what matters. */
import { join } from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'
import { freeTcpPort } from '@sallyport/tooling/servers'
import Database from 'better-sqlite3'
import { Administrator } from '../support/administrator.ts'
import { codeOf } from '../support/oath.ts'
import { startProduct, type Product } from '../support/product.ts'

const { username, password } = Administrator.credentials

let product: Product
let context: BrowserContext
let page: Page

test.beforeEach(async ({ browser }) => {
  product = await startProduct()
  const made = new Administrator(product.consoleUrl)
  await made.call(api.session.setUp, { body: { code: product.setUpCode, username, password } })
  context = await browser.newContext({ baseURL: product.consoleUrl, reducedMotion: 'reduce' })
  page = await context.newPage()
})

test.afterEach(async () => {
  await context.close()
  await product.remove()
})

async function givePassword(): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** At the first sign-in: what the app is set up with, and the recovery codes. */
async function setUpFactor(): Promise<{ secret: string; recoveryCodes: string[] }> {
  await page.goto('/sign-in')
  await givePassword()
  await expect(page.getByRole('heading', { name: 'Set up your second factor' })).toBeVisible()
  const shown = await page.getByRole('button', { name: /^Copy: / }).textContent()
  const secret = (shown ?? '').replaceAll(/\s/g, '')
  await page.getByLabel('Code that the app shows').fill(await codeOf(secret))
  await page.getByRole('button', { name: 'Set up' }).click()
  await expect(page.getByText('Keep these recovery codes')).toBeVisible()
  const recoveryCodes = await page.getByRole('listitem').allTextContents()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible()
  return { secret, recoveryCodes }
}

/** Makes the proof of the last sign-in eleven minutes old. */
function age(dataDir = product.dataDir): void {
  const database = new Database(join(dataDir, 'sallyport.db'))
  database.prepare('UPDATE Session SET provenAt = provenAt - 660000').run()
  database.close()
}

test('the first sign-in sets up a second factor before anything else; the next ones ask for it', async () => {
  const { recoveryCodes } = await setUpFactor()
  expect(recoveryCodes).toHaveLength(10)
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await givePassword()
  await page.getByLabel('Code').fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('This code is not right')
  await page.goto('/users')
  await expect(page.getByLabel('User name')).toBeVisible()
  await givePassword()
  await page.getByLabel('Code').fill(recoveryCodes[0] ?? '')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByText('9 left')).toBeVisible()
})

test('a change of secrets or roles asks again who it is, and what was typed is sent then', async () => {
  const { recoveryCodes } = await setUpFactor()
  age()
  await page.goto('/administrators?open=new')
  const dialog = page.getByRole('dialog', { name: 'Add administrator' })
  await dialog.getByLabel('User name').fill('helper')
  await dialog.getByLabel('Password', { exact: true }).fill('four plain words here')
  await dialog.getByRole('button', { name: 'Add administrator' }).click()
  const proof = page.getByRole('dialog', { name: 'Is it still you?' })
  await proof.getByLabel('Your password').fill('not the password')
  await proof.getByLabel('Code').fill(recoveryCodes[1] ?? '')
  await proof.getByRole('button', { name: 'Continue' }).click()
  await expect(proof.getByText('This is not your present password.')).toBeVisible()
  await proof.getByLabel('Your password').fill(password)
  await proof.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('helper').first()).toBeVisible()
  await expect(proof).toBeHidden()
  await expect(dialog).toBeHidden()
})

test('a session that ends in the middle of a form asks for both steps over the page, and nothing typed is lost', async () => {
  const { recoveryCodes } = await setUpFactor()
  await page.goto('/users?dialog=add')
  const dialog = page.getByRole('dialog', { name: 'Add user' })
  await dialog.getByLabel('User name').fill('grace')
  await context.clearCookies()
  await dialog.getByRole('button', { name: 'Add user' }).click()
  const again = page.getByRole('dialog', { name: 'Sign in again' })
  await again.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await again.getByLabel('Code').fill(recoveryCodes[2] ?? '')
  await page.keyboard.press('Enter')
  await expect(again).toBeHidden()
  await expect(page.getByText('grace').first()).toBeVisible()
})

test('a session elsewhere is seen and ended', async ({ browser }) => {
  const { recoveryCodes } = await setUpFactor()
  const elsewhere = await browser.newContext({ baseURL: product.consoleUrl })
  const here = page
  page = await elsewhere.newPage()
  await page.goto('/sign-in')
  await givePassword()
  await page.getByLabel('Code').fill(recoveryCodes[3] ?? '')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible()
  await here.goto('/account')
  await expect(here.getByText('this one')).toBeVisible()
  await here.getByRole('button', { name: 'End all others' }).click()
  await expect(here.getByText('Ended.')).toBeVisible()
  await page.goto('/status')
  await expect(page.getByLabel('User name')).toBeVisible()
  page = here
  await elsewhere.close()
})

test('an API token is drawn, shown once, used by a program, and revoked', async () => {
  await setUpFactor()
  await page.goto('/api-tokens?dialog=add')
  await page.getByLabel('Name').fill('nightly report')
  await page.getByRole('button', { name: 'Draw the token' }).click()
  const token = (await page.getByRole('button', { name: /^Copy: sallyport_/ }).textContent()) ?? ''
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await expect(page.getByText('nightly report')).toBeVisible()
  const use = () => fetch(`${product.consoleUrl}/api/users`, { headers: { authorization: `Bearer ${token.trim()}` } })
  expect((await use()).status).toBe(200)
  await page.getByRole('button', { name: 'Revoke nightly report' }).click()
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(page.getByText('API token nightly report revoked.')).toBeVisible()
  expect((await use()).status).toBe(401)
})

test('a passkey is added, signs in alone, and proves again who it is', async ({ browser }) => {
  const port = await freeTcpPort()
  const url = `http://localhost:${String(port)}`
  const own = await startProduct({
    environment: { SALLYPORT_CONSOLE_PORT: String(port), SALLYPORT_CONSOLE_URL: url },
  })
  await context.close()
  context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce' })
  page = await context.newPage()
  const made = new Administrator(own.consoleUrl)
  await made.call(api.session.setUp, { body: { code: own.setUpCode, username, password } })
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  await setUpFactor()
  await page.goto('/account')
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await page.getByLabel('Name').fill('Office laptop')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Office laptop ·')).toBeVisible()
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible()
  age(own.dataDir)
  await page.goto('/account')
  await page.getByRole('button', { name: 'Draw new ones' }).click()
  await page.getByRole('dialog', { name: 'Is it still you?' }).getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page.getByText('Keep these recovery codes')).toBeVisible()
  await own.remove()
})
