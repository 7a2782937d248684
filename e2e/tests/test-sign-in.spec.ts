/** Test sign-in through the screen: an administrator plays the VPN device against a real directory, and reads what was said. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'

import { openSignedIn, viewports } from '../support/browser.ts'
import { codeOf } from '../support/oath.ts'
import { openScreen } from '../support/screens.ts'
import { startSite, tokenSecret, type Site } from '../support/site.ts'

let site: Site
let context: BrowserContext
let page: Page

test.beforeAll(async ({ browser }) => {
  site = await startSite()
  context = await openSignedIn(browser, site.product)
})
test.afterAll(async () => {
  await context.close()
  await site.remove()
})
test.beforeEach(async () => {
  page = await context.newPage()
})
test.afterEach(() => page.close())

const conversation = () => page.getByRole('region', { name: 'Conversation' })
/** What a screen reader is told of it. */
const verdict = () => conversation().getByRole('status')

async function fill(user: string, password: string): Promise<void> {
  await page.getByRole('combobox', { name: 'RADIUS client' }).click()
  await page.getByRole('option', { name: /Office VPN/ }).click()
  await page.getByRole('combobox', { name: 'User name' }).fill(user)
  await page.getByLabel('Password', { exact: true }).fill(password)
}

test('a sign-in is played through its challenge, and leads to the report', async () => {
  await openScreen(page, { name: 'test', path: '/test-sign-in', heading: 'Test sign-in' })
  await fill('bob', 'bobpw')
  await page.getByRole('button', { name: 'More attributes' }).click()
  await page.getByRole('button', { name: 'Add attribute' }).click()
  await page.getByLabel('Value of attribute 1').fill('vpn.example')
  await page.getByRole('button', { name: 'Send Access-Request' }).click()

  await expect(conversation().getByText('Enter the code that your token shows.').first()).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Answer' })).toBeFocused()
  await expect(conversation().getByText('vpn.example').first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Answer' }).fill(await codeOf(tokenSecret))
  await page.keyboard.press('Enter')

  await expect(verdict()).toHaveText('Accepted: bob would be let in')
  await expect(conversation().getByRole('button', { name: /^Access-Accept received/ })).toBeVisible()
  await expect(conversation().getByText('Response Authenticator verified.').first()).toBeVisible()
  await expect(conversation()).not.toContainText('bobpw')
  await conversation().getByRole('link', { name: 'Open this sign-in in the report' }).click()
  await expect(page.getByText('An administrator asked for it on Test sign-in.')).toBeVisible()
  await page.goto('/reports/sign-ins')
  await expect(page.getByRole('row', { name: /bob/ }).getByText('Test', { exact: true })).toBeVisible()
  await page.goto('/reports/changes')
  await expect(page.getByText('Sign-in of bob tested')).toBeVisible()
})

test('a wrong password is explained, and the phone shows it as well', async () => {
  await page.setViewportSize(viewports[1])
  await openScreen(page, { name: 'test', path: '/test-sign-in?user=carol', heading: 'Test sign-in' })
  await fill('carol', 'mistyped')
  await page.getByRole('button', { name: 'Send Access-Request' }).click()
  await expect(verdict()).toHaveText('Refused: Wrong password')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewports[1].width)
})

test('a dry run says what would be asked, from the row of a user', async () => {
  await openScreen(page, { name: 'users', path: '/users?search=dave', heading: 'Users' })
  await page.getByRole('link', { name: 'Test sign-in: dave' }).click()
  await fill('dave', 'davepw')
  await page.getByLabel(/^Dry run/).check()
  await page.getByRole('button', { name: 'Start dry run' }).click()
  await expect(verdict()).toHaveText('The dry run went well: dave passes the first factor')
  await expect(
    conversation()
      .getByText(/ask for the code of an OATH token, by a challenge/)
      .first(),
  ).toBeVisible()
  await expect(conversation().getByRole('button', { name: /^Access-Reject received/ })).toBeVisible()
})

test('a method that the target cannot check is explained', async () => {
  await openScreen(page, { name: 'clients', path: '/radius-authentication', heading: 'RADIUS Authentication' })
  await page.getByRole('link', { name: 'Test sign-in: Office VPN' }).click()
  await page.getByRole('combobox', { name: 'User name' }).fill('erin')
  await page.getByLabel('Password', { exact: true }).fill('erinpw')
  await page.getByText('MS-CHAPv2', { exact: true }).click()
  await page.getByRole('button', { name: 'Send Access-Request' }).click()
  await expect(conversation().getByText('MS-CHAP2-Response').first()).toBeVisible()
  await expect(verdict()).toHaveText(/^Refused: /)
})

test('an operator is told that it is not for their role, and finds no way there', async ({ browser }) => {
  const operator = { username: 'helpdesk', password: 'a phrase of the help desk' }
  await site.administrator.call(api.administrators.create, { body: { ...operator, role: 'operator' } })
  const theirs = await openSignedIn(browser, site.product, operator)
  const other = await theirs.newPage()
  await other.goto('/users')
  await expect(other.getByRole('heading', { name: 'Users' })).toBeVisible()
  await expect(other.getByRole('link', { name: /Test sign-in/ })).toHaveCount(0)
  await other.goto('/test-sign-in')
  await expect(other.getByText(/Your role \(operator\)/)).toBeVisible()
  await expect(other.getByRole('button', { name: 'Send Access-Request' })).toHaveCount(0)
  await theirs.close()
})

test('a directory that is down is silence, and the screen says which and where to look', async () => {
  await site.stopDirectory()
  await openScreen(page, { name: 'test', path: '/test-sign-in', heading: 'Test sign-in' })
  await fill('frank', 'frankpw')
  await page.getByRole('button', { name: 'Send Access-Request' }).click()
  await expect(verdict()).toHaveText(/^Silence: /, { timeout: 20_000 })
  await expect(conversation().getByText(/The device would send again for 60 s/)).toBeVisible()
  await expect(conversation().getByRole('link', { name: 'Target settings' })).toBeVisible()
})
