/** The console on a real server: usable by keyboard, honest about roles, and careful with what was chosen and typed. */
import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'

import { Administrator } from '../support/administrator.ts'
import { openSignedIn } from '../support/browser.ts'
import { codeOf } from '../support/oath.ts'
import { openScreen, screens, settle, type Screen } from '../support/screens.ts'
import { signInsOfADay, startSite, tokenSecret, type Site } from '../support/site.ts'
import { violations } from '../support/violations.ts'

const operator = { username: 'operator', password: 'a phrase of the help desk' }
const auditor = { username: 'auditor', password: 'a phrase of the auditors' }

let site: Site
let context: BrowserContext
let user: Screen

test.beforeAll(async ({ browser }) => {
  site = await startSite()
  for (const act of signInsOfADay(site)) await act()
  for (const person of [operator, auditor]) {
    const role = person === operator ? 'operator' : 'auditor'
    await site.administrator.call(api.administrators.create, { body: { ...person, role } })
  }
  user = { name: 'user', path: `/users/${site.userIds.get('alice') ?? ''}`, heading: 'alice' }
  context = await openSignedIn(browser, site.product)
})

test.afterAll(async () => {
  await context.close()
  await site.remove()
})

test.describe('by keyboard alone', () => {
  let page: Page

  test.beforeEach(async () => {
    page = await context.newPage()
  })

  test.afterEach(() => page.close())

  test('one signs in', async ({ browser }) => {
    const stranger = await browser.newContext({ baseURL: site.product.consoleUrl, reducedMotion: 'reduce' })
    const door = await stranger.newPage()
    await door.goto('/sign-in')
    await expect(door.getByLabel('User name')).toBeFocused()
    await door.keyboard.type(Administrator.credentials.username)
    await door.keyboard.press('Tab')
    await door.keyboard.type(Administrator.credentials.password)
    await door.keyboard.press('Enter')
    await expect(door.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible()
    await stranger.close()
  })

  test('one finds a user', async () => {
    await openScreen(page, screen('status'))
    await page.keyboard.press('Control+k')
    await expect(page.getByPlaceholder('A page, a client, a user')).toBeFocused()
    await page.keyboard.type('alice')
    await expect(page.getByRole('dialog').getByText('alice', { exact: true })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'alice', level: 1 })).toBeVisible()
  })

  test('one adds a client', async () => {
    await openScreen(page, screen('radius-clients'))
    await press(page, page.getByRole('button', { name: 'Add…' }))
    const dialog = page.getByRole('dialog', { name: 'Add RADIUS Client' })
    await expect(dialog.getByLabel('IP address')).toBeFocused()
    await page.keyboard.type('198.51.100.0/24')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Keyboard VPN')
    await press(page, dialog.getByRole('button', { name: 'Generate' }))
    await press(page, dialog.getByRole('button', { name: 'Add client' }))
    await expect(page.getByText('Settings for Keyboard VPN')).toBeVisible()
    await press(page, page.getByRole('button', { name: 'Done' }))
    await expect(page.getByRole('button', { name: 'Open Keyboard VPN' })).toBeVisible()
  })

  test('one tests a code', async () => {
    await openScreen(page, screen('status'))
    await press(page, page.getByRole('link', { name: 'OATH Tokens' }))
    await expect(page.getByRole('heading', { name: 'OATH Tokens', level: 1 })).toBeVisible()
    // The one that was made here; an import has brought alice another.
    await press(
      page,
      page
        .getByRole('row')
        .filter({ hasText: 'alice' })
        .getByRole('button', { name: /^What to do with token SP-/ }),
    )
    const item = page.getByRole('menuitem', { name: 'Test a code' })
    await item.waitFor()
    for (let times = 0; times < 3 && !(await isFocused(item)); times += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: /^Test a code/ })
    await expect(dialog.getByLabel('Code')).toBeFocused()
    await page.keyboard.type(await codeOf(tokenSecret))
    await page.keyboard.press('Enter')
    await expect(dialog.getByText(/^Right/)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  test('one opens the trace of a sign-in', async () => {
    await openScreen(page, screen('status'))
    await press(page, page.getByRole('link', { name: 'Sign-ins', exact: true }))
    await press(page, page.getByRole('button', { name: 'Open the sign-in of alice' }).first())
    await expect(page.getByRole('heading', { name: 'alice was let in' })).toBeVisible()
    await press(page, page.getByRole('button', { name: 'Open all' }).first())
    await expect(page.getByText('Calling-Station-Id').first()).toBeVisible()
  })
})

test.describe('roles', () => {
  test('an auditor reads everything and can press nothing that changes', async ({ browser }) => {
    const theirs = await openSignedIn(browser, site.product, auditor)
    const page = await theirs.newPage()
    await openScreen(page, screen('users'))
    await expectUnusable(page, 'Add user', 'Import CSV')
    await expect(page.getByRole('link', { name: 'Administrators' })).toHaveCount(0)
    await openScreen(page, user)
    await expectUnusable(page, 'Delete', 'Add token', 'Assign token', 'Save changes')
    await expect(page.getByLabel('User name')).not.toBeEditable()
    await openScreen(page, screen('oath-tokens'))
    await expectUnusable(page, 'Add token')
    await openScreen(page, screen('radius-clients'))
    await expectUnusable(page, 'Add…', 'Save ports')
    await expect(page.getByRole('checkbox', { name: 'Enable RADIUS authentication' })).toBeDisabled()
    await theirs.close()
  })

  test('an operator looks after people and leaves the settings alone', async ({ browser }) => {
    const theirs = await openSignedIn(browser, site.product, operator)
    const page = await theirs.newPage()
    await openScreen(page, screen('users'))
    await expect(page.getByRole('button', { name: 'Add user' }).first()).toBeEnabled()
    await expect(page.getByRole('link', { name: 'Administrators' })).toHaveCount(0)
    await openScreen(page, screen('radius-clients'))
    await expectUnusable(page, 'Add…', 'Save ports')
    await openScreen(page, screen('directory-integration'))
    await expectUnusable(page, 'Save')
    await theirs.close()
  })
})

test('a chosen device changes what nobody typed, visibly and back, and leaves what was typed', async () => {
  const page = await context.newPage()
  await openScreen(page, screen('radius-client-add'))
  const dialog = page.getByRole('dialog', { name: 'Add RADIUS Client' })
  await dialog.getByLabel('IP address').fill('198.51.100.9')
  await dialog.getByRole('button', { name: /^More/ }).click()
  await dialog.getByLabel('The device gives up after').fill('45')
  await dialog.getByLabel('Device', { exact: true }).click()
  await page.getByRole('option', { name: 'MikroTik RouterOS' }).click()
  await expect(dialog.getByLabel('The device gives up after')).toHaveValue('45 s')
  await expect(dialog.getByLabel('The device can show a challenge')).not.toBeChecked()
  await expect(dialog.getByText('(yours: 45 seconds)')).toBeVisible()
  await settle(page)
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Gives up after: use 60 seconds' }).click()
  await expect(dialog.getByLabel('The device gives up after')).toHaveValue('60 s')
  await dialog.getByRole('button', { name: 'Can be challenged: change back' }).click()
  await expect(dialog.getByLabel('The device can show a challenge')).toBeChecked()
  await page.close()
})

test('compact rows are a choice that stays', async () => {
  const page = await context.newPage()
  const rowHeight = async () => (await page.getByRole('row').filter({ hasText: 'alice' }).boundingBox())?.height ?? 0
  await openScreen(page, screen('users'))
  const generous = await rowHeight()
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Compact rows' }).click()
  await expect.poll(rowHeight).toBeLessThan(generous - 5)
  await openScreen(page, screen('users'))
  expect(await rowHeight()).toBeLessThan(generous - 5)
  await page.close()
})

test('a session that ends in the middle of work takes nothing that was typed', async ({ browser }) => {
  const theirs = await openSignedIn(browser, site.product, operator)
  const page = await theirs.newPage()
  await openScreen(page, user)
  await page.getByLabel('Description').fill('Works from the north office')
  await theirs.clearCookies()
  await page.getByRole('button', { name: 'Save changes' }).click()
  const again = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(again.getByLabel('User name')).toHaveValue(operator.username)
  await expect(page.getByLabel('Description')).toHaveValue('Works from the north office')
  await again.getByLabel('Password', { exact: true }).fill(operator.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('User alice saved.')).toBeVisible()
  await openScreen(page, user)
  await expect(page.getByLabel('Description')).toHaveValue('Works from the north office')
  await theirs.close()
})

function screen(name: string): Screen {
  const found = screens.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no screen ${name}`)
  return found
}

/** Moves by Tab until this has the focus, then presses Enter. */
async function press(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let times = 0; times < 80; times += 1) {
    if (await isFocused(target)) {
      await page.keyboard.press('Enter')
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`eighty presses of Tab do not lead to ${String(target)}`)
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement)
}

/** Not there, or there and saying that it does nothing. */
async function expectUnusable(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    for (const button of await page.getByRole('button', { name, exact: true }).all()) {
      await expect(button, name).toBeDisabled()
    }
  }
}
