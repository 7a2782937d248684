/** The phone is lost: in by a recovery code or by answers, a new token enrolled; what was used or is wrong lets nobody in. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'

import { Administrator } from '../support/administrator.ts'
import { openSignedIn } from '../support/browser.ts'
import { examine } from '../support/examine.ts'
import { codeOf } from '../support/oath.ts'
import { startProduct, type Product } from '../support/product.ts'

const password = 'five quiet words at noon'
const answers = ['Quince Lane', 'Mrs. Ashdown', 'round and beige', 'at the rowing club', 'Tatters']
const french = [
  'Dans quelle rue avez-vous grandi ?',
  'Quel professeur vous a marqué ?',
  'À quoi ressemblait votre première voiture ?',
  'Où avez-vous rencontré votre meilleur ami ?',
  'Comment s’appelait votre jouet préféré ?',
]
const cannot = 'I can’t use my second factor'

let product: Product
let administrator: Administrator

test.setTimeout(300_000)

test.beforeAll(async () => {
  product = await startProduct()
  administrator = await Administrator.setUp(product)
  const { version } = await administrator.call(api.radius.readTarget)
  await administrator.call(api.radius.changeTarget, { body: { kind: 'built-in', version } })
})
test.afterAll(() => product.remove())

async function addUser(username: string): Promise<string> {
  const names = { username, firstName: '', lastName: '', email: '', description: '', enabled: true }
  const body = { ...names, password: { password, mustChange: false } }
  return (await administrator.call(api.users.create, { body })).id
}

async function openPortal(browser: Browser, address = product.portalUrl, locale = 'en-GB'): Promise<Page> {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', locale })).newPage()
  await page.goto(address)
  return page
}

async function enrol(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Add an authenticator app' }).click()
  const dialog = page.getByRole('dialog')
  const uri = (await dialog.getByRole('link', { name: /open your authenticator app/i }).getAttribute('href')) ?? ''
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  await dialog.getByLabel('Code that the app shows').fill(await codeOf(secret))
  await dialog.getByLabel('Name (optional)').fill(name)
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await expect(page.getByText(name, { exact: true })).toBeVisible()
  return secret
}

async function provePassword(page: Page, username: string): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel(/^Password/).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Comes in by a link, enrols a token, and signs in with it: what somebody has before the phone is lost. */
async function settleIn(browser: Browser, username: string, locale = 'en-GB'): Promise<Page> {
  const id = await addUser(username)
  const { url } = await administrator.call(api.portalAdministration.createLink, { params: { id } })
  const page = await openPortal(browser, url, locale)
  const secret = await enrol(page, 'Old phone')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await provePassword(page, username)
  await page.getByLabel('Answer').fill(await codeOf(secret, Date.now() + 30_000))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'If you lose your second factor' })).toBeVisible()
  return page
}

async function falls(page: Page, username: string): Promise<void> {
  await provePassword(page, username)
  await page.getByRole('button', { name: cannot }).click()
}

/** Allows security questions in the console, adds a language to them and takes one away. */
async function askInFrench(browser: Browser): Promise<void> {
  const context = await openSignedIn(browser, product)
  const page = await context.newPage()
  await page.goto('/user-portal')
  await page.getByLabel('Security questions').check()
  await page.getByRole('combobox', { name: 'Add a language' }).fill('fren')
  await page.getByRole('option', { name: 'French' }).click()
  const list = page.getByLabel('Questions in French', { exact: true })
  await expect(list).toBeFocused()
  await list.fill(french.slice(1).join('\n'))
  await page.getByRole('button', { name: 'Save questions' }).click()
  await expect(page.getByText('Each language needs at least as many questions')).toBeVisible()
  await list.fill(french.join('\n'))
  await page.getByRole('button', { name: 'Remove the questions in German' }).click()
  await page.getByRole('button', { name: 'Save questions' }).click()
  await expect(page.getByText('Each language needs')).toBeHidden()
  const saved = async () => (await administrator.call(api.portalFallback.readSettings)).questions
  await expect.poll(async () => Object.keys(await saved())).toEqual(['en', 'fr'])
  expect((await saved())['fr']).toEqual(french)
  await context.close()
}

test('a recovery code lets in once, to enrol a new token and to remove the lost one', async ({ browser }) => {
  const before = await settleIn(browser, 'ines')
  await examine(before, 'home')
  await before.getByRole('button', { name: 'Make recovery codes' }).click()
  const shown = before.getByRole('dialog', { name: 'Your recovery codes' })
  await expect(shown.getByRole('listitem')).toHaveCount(10)
  const codes = await shown.getByRole('listitem').allTextContents()
  await examine(before, 'codes')
  const downloading = before.waitForEvent('download')
  await shown.getByRole('button', { name: 'Download' }).click()
  expect((await downloading).suggestedFilename()).toBe('recovery-codes.txt')
  await shown.getByRole('button', { name: 'I have kept them' }).click()
  await expect(before.getByText('10 recovery codes left.')).toBeVisible()
  await before.context().close()

  const page = await openPortal(browser)
  await falls(page, 'ines')
  await expect(page.getByLabel('Recovery code')).toBeVisible()
  await examine(page, 'way-in')
  await page.getByLabel('Recovery code').fill((codes[0] ?? '').toLowerCase())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Add a second factor that you can use')).toBeVisible()
  await examine(page, 'recovery-session')
  await enrol(page, 'New phone')
  await page.getByRole('button', { name: 'Remove: Old phone' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Old phone', { exact: true })).toBeHidden()
  await page.getByRole('button', { name: 'Sign out' }).click()

  await falls(page, 'ines')
  await page.getByLabel('Recovery code').fill(codes[0] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'it was used before' })).toBeVisible()
  await examine(page, 'refused')
  // Nothing has to be typed again but the code.
  await page.getByRole('button', { name: cannot }).click()
  await page.getByLabel('Recovery code').fill(codes[1] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Add a second factor that you can use')).toBeVisible()
  await page.context().close()
})

test('security questions let in to enrol where they are allowed, and wrong answers lock', async ({ browser }) => {
  await askInFrench(browser)
  // The portal speaks no French, and its questions do.
  const before = await settleIn(browser, 'noor', 'fr-FR')
  await before.getByRole('button', { name: 'Choose security questions' }).click()
  const dialog = before.getByRole('dialog', { name: 'Security questions' })
  await expect(dialog.getByRole('combobox').first()).toHaveValue(french[0] ?? '')
  await examine(before, 'choose-questions')
  for (const [at, answer] of answers.entries()) await dialog.getByLabel(`Answer ${String(at + 1)}`).fill(answer)
  await dialog.getByLabel('Answer 2').fill('noor')
  await dialog.getByRole('button', { name: 'Save answers' }).click()
  await expect(dialog.getByRole('alert')).toContainText('An answer is too short, is your user name')
  await dialog.getByLabel('Answer 2').fill(answers[1] ?? '')
  await dialog.getByRole('button', { name: 'Save answers' }).click()
  await expect(before.getByText('5 questions are answered.')).toBeVisible()
  await before.context().close()

  const page = await openPortal(browser)
  await falls(page, 'noor')
  await expect(page.getByRole('textbox')).toHaveCount(3)
  await expect(page.getByLabel(french[0] ?? '')).toBeVisible()
  for (const [at, input] of (await page.getByRole('textbox').all()).entries()) {
    await input.fill((answers[at] ?? '').toUpperCase())
  }
  await examine(page, 'questions')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Add a second factor that you can use')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0)
  await enrol(page, 'New phone')
  await page.getByRole('button', { name: 'Sign out' }).click()

  await falls(page, 'noor')
  for (let tries = 0; tries < 5; tries++) {
    await expect(page.getByRole('textbox')).toHaveCount(3)
    for (const input of await page.getByRole('textbox').all()) await input.fill('not this')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'That did not work' })).toBeVisible()
    await page.getByRole('button', { name: cannot }).click()
    await page.getByText(tries < 4 ? 'Answer these questions' : 'That did not work').waitFor()
  }
  // The second factor is locked with it.
  await provePassword(page, 'noor')
  await expect(page.getByRole('alert').filter({ hasText: 'That did not work' })).toBeVisible()
  await page.context().close()
})
