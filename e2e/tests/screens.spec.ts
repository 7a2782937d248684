/** Every screen of the console on a real server: accessible, unbroken at every width, usable by keyboard, honest about roles. */
import { expect, test, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { api } from '@sallyport/contract'

import { Administrator } from '../support/administrator.ts'
import { colorSchemes, openSignedIn, viewports } from '../support/browser.ts'
import { codeOf } from '../support/oath.ts'
import { startProduct } from '../support/product.ts'
import { detailScreens, openScreen, screens, settle, type Screen } from '../support/screens.ts'
import { signInsOfADay, startSite, tokenSecret, type Site } from '../support/site.ts'
import { violations } from '../support/violations.ts'
import { accountForADay, sessionOf } from '../support/vpn-sessions.ts'

const operator = { username: 'operator', password: 'a phrase of the help desk' }
const auditor = { username: 'auditor', password: 'a phrase of the auditors' }
const firstLoadBytes = 300_000

// Traces of this many checks take longer than the checks.
test.use({ trace: 'off' })

let site: Site
let context: BrowserContext
let details: readonly Screen[]

test.beforeAll(async ({ browser }) => {
  site = await startSite()
  for (const act of signInsOfADay(site)) await act()
  await accountForADay(site)
  for (const person of [operator, auditor]) {
    const role = person === operator ? 'operator' : 'auditor'
    await site.administrator.call(api.administrators.create, { body: { ...person, role } })
  }
  const [row] = await site.administrator.signIns({ username: 'alice', limit: 1 })
  details = detailScreens({
    userId: site.userIds.get('alice') ?? '',
    clientId: site.clientId,
    importId: site.importId,
    userImportIds: site.userImportIds,
    signInId: row?.id ?? '',
    vpnSessionId: (await sessionOf(site, 'alice')).id,
  })
  context = await openSignedIn(browser, site.product)
})

test.afterAll(async () => {
  await context.close()
  await site.remove()
})

// The names alone: the ids are known once the site is at work.
const visits: readonly (readonly [name: string, screen: () => Screen])[] = [
  ...screens.map((screen) => [screen.name, () => screen] as const),
  ...detailScreens({
    userId: '',
    clientId: '',
    signInId: '',
    vpnSessionId: '',
    importId: '',
    userImportIds: { mapping: '', ready: '' },
  }).map(({ name }) => [name, () => named(details, name)] as const),
]

for (const [name, screen] of visits) {
  test(`${name} is accessible and fits, wide and narrow, light and dark`, async () => {
    await examine(await context.newPage(), screen())
  })
}

test('sign-in and set-up are accessible and fit, wide and narrow, light and dark', async ({ browser }) => {
  const stranger = await strangerAt(browser, site.product.consoleUrl)
  await examine(await stranger.newPage(), { name: 'sign-in', path: '/sign-in', heading: 'Sign in' })
  await stranger.close()

  const product = await startProduct()
  const first = await strangerAt(browser, product.consoleUrl)
  await examine(await first.newPage(), { name: 'set-up', path: '/set-up', heading: 'Set up Sallyport' })
  await first.close()
  await product.remove()
})

test('the first load of the sign-in page stays under 300 kB on the wire', async ({ browser }) => {
  const stranger = await strangerAt(browser, site.product.consoleUrl)
  const page = await stranger.newPage()
  const network = await stranger.newCDPSession(page)
  await network.send('Network.enable')
  let received = 0
  network.on('Network.loadingFinished', ({ encodedDataLength }) => (received += encodedDataLength))
  await openScreen(page, { name: 'sign-in', path: '/sign-in', heading: 'Sign in' })
  expect(received).toBeGreaterThan(50_000)
  expect(received).toBeLessThan(firstLoadBytes)
  await stranger.close()
})

test.describe('by keyboard alone', () => {
  let page: Page

  test.beforeEach(async () => {
    page = await context.newPage()
  })

  test.afterEach(() => page.close())

  test('one signs in', async ({ browser }) => {
    const stranger = await strangerAt(browser, site.product.consoleUrl)
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
    await openScreen(page, named(screens, 'status'))
    await page.keyboard.press('Control+k')
    await expect(page.getByPlaceholder('A page, a client, a user')).toBeFocused()
    await page.keyboard.type('alice')
    await expect(page.getByRole('dialog').getByText('alice', { exact: true })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'alice', level: 1 })).toBeVisible()
  })

  test('one adds a client', async () => {
    await openScreen(page, named(screens, 'radius-clients'))
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
    await openScreen(page, named(screens, 'status'))
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
    await openScreen(page, named(screens, 'status'))
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
    await openScreen(page, named(screens, 'users'))
    await expectUnusable(page, 'Add user', 'Import CSV')
    await expect(page.getByRole('link', { name: 'Administrators' })).toHaveCount(0)
    await openScreen(page, named(details, 'user'))
    await expectUnusable(page, 'Delete', 'Add token', 'Assign token', 'Save changes')
    await expect(page.getByLabel('User name')).not.toBeEditable()
    await openScreen(page, named(screens, 'oath-tokens'))
    await expectUnusable(page, 'Add token')
    await openScreen(page, named(screens, 'radius-clients'))
    await expectUnusable(page, 'Add…', 'Save ports')
    await expect(page.getByRole('checkbox', { name: 'Enable RADIUS authentication' })).toBeDisabled()
    await theirs.close()
  })

  test('an operator looks after people and leaves the settings alone', async ({ browser }) => {
    const theirs = await openSignedIn(browser, site.product, operator)
    const page = await theirs.newPage()
    await openScreen(page, named(screens, 'users'))
    await expect(page.getByRole('button', { name: 'Add user' }).first()).toBeEnabled()
    await expect(page.getByRole('link', { name: 'Administrators' })).toHaveCount(0)
    await openScreen(page, named(screens, 'radius-clients'))
    await expectUnusable(page, 'Add…', 'Save ports')
    await openScreen(page, named(screens, 'directory-integration'))
    await expectUnusable(page, 'Save')
    await theirs.close()
  })
})

test('a chosen device changes what nobody typed, visibly and back, and leaves what was typed', async () => {
  const page = await context.newPage()
  await openScreen(page, named(screens, 'radius-client-add'))
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
  await openScreen(page, named(screens, 'users'))
  const generous = await rowHeight()
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Compact rows' }).click()
  await expect.poll(rowHeight).toBeLessThan(generous - 5)
  await openScreen(page, named(screens, 'users'))
  expect(await rowHeight()).toBeLessThan(generous - 5)
  await page.close()
})

test('a session that ends in the middle of work takes nothing that was typed', async ({ browser }) => {
  const theirs = await openSignedIn(browser, site.product, operator)
  const page = await theirs.newPage()
  await openScreen(page, named(details, 'user'))
  await page.getByLabel('Description').fill('Works from the north office')
  await theirs.clearCookies()
  await page.getByRole('button', { name: 'Save changes' }).click()
  const again = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(again.getByLabel('User name')).toHaveValue(operator.username)
  await expect(page.getByLabel('Description')).toHaveValue('Works from the north office')
  await again.getByLabel('Password', { exact: true }).fill(operator.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('User alice saved.')).toBeVisible()
  await openScreen(page, named(details, 'user'))
  await expect(page.getByLabel('Description')).toHaveValue('Works from the north office')
  await theirs.close()
})

function strangerAt(browser: Browser, baseURL: string): Promise<BrowserContext> {
  return browser.newContext({ baseURL, reducedMotion: 'reduce' })
}

function named(list: readonly Screen[], name: string): Screen {
  const found = list.find((screen) => screen.name === name)
  if (found === undefined) throw new Error(`there is no screen ${name}`)
  return found
}

/** One load, then each width in each scheme: nothing that axe calls serious, nothing sideways, nothing in the console. */
async function examine(page: Page, screen: Screen): Promise<void> {
  const complaints = listen(page)
  await page.setViewportSize(viewports[0])
  await openScreen(page, screen)
  for (const viewport of viewports) {
    await page.setViewportSize(viewport)
    for (const colorScheme of colorSchemes) {
      await page.emulateMedia({ colorScheme })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
      await settle(page)
      const where = `${screen.name}, ${viewport.width} px, ${colorScheme}`
      expect(await sidewaysPx(page), `${where}: scrolls sideways`).toBe(0)
      // What a page is made of does not depend on its colours.
      expect(await violations(page, colorScheme === 'dark' ? ['color-contrast'] : []), where).toEqual([])
    }
  }
  expect(complaints, screen.name).toEqual([])
  await page.close()
}

/** What the browser's console and network complain of, from now on. */
function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A page that is left stops what it was still asking for.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`)
  })
  page.on('response', (response) => {
    // The sign-in page asks whether somebody is signed in, and nobody is.
    const asksWho = response.status() === 401 && response.url().endsWith('/api/session')
    if (response.status() >= 400 && !asksWho) complaints.push(`${response.url()}: ${response.status()}`)
  })
  return complaints
}

function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return Math.max(0, scrollWidth - clientWidth)
  })
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
