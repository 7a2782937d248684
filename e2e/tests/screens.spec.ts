/** Every screen of the console on a real server: accessible, unbroken at every width, and whole in German. */
import { expect, test, type Browser, type BrowserContext } from '@playwright/test'
import { api } from '@sallyport/contract'

import { openSignedIn } from '../support/browser.ts'
import { examineInGerman, examineScreen } from '../support/examine-screen.ts'
import { startProduct } from '../support/product.ts'
import { detailScreens, openScreen, screens, type Screen } from '../support/screens.ts'
import { signInsOfADay, startSite, type Site } from '../support/site.ts'
import { accountForADay, sessionOf } from '../support/vpn-sessions.ts'

const firstLoadBytes = 300_000

// Traces of this many checks take longer than the checks.
test.use({ trace: 'off' })
// The longest file by far, of tests that read alone: each worker takes a half, with a site of its own.
test.describe.configure({ mode: 'parallel' })

let site: Site
let context: BrowserContext
let german: BrowserContext
let details: readonly Screen[]

test.beforeAll(async ({ browser }) => {
  site = await startSite()
  for (const act of signInsOfADay(site)) await act()
  await accountForADay(site)
  for (const role of ['operator', 'auditor'] as const) {
    const body = { username: role, password: `a phrase of the ${role}`, role }
    await site.administrator.call(api.administrators.create, { body })
  }
  const [row] = await site.administrator.signIns({ username: 'alice', limit: 1 })
  details = detailScreens({
    userId: site.userIds.get('alice') ?? '',
    clientId: site.clientId,
    importId: site.importId,
    userImportIds: site.userImportIds,
    productImportId: site.productImportId,
    signInId: row?.id ?? '',
    vpnSessionId: (await sessionOf(site, 'alice')).id,
  })
  context = await openSignedIn(browser, site.product)
  german = await openSignedIn(browser, site.product)
  await german.addInitScript(() => localStorage.setItem('sallyport-language', 'de'))
})

test.afterAll(async () => {
  await context.close()
  await german.close()
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
    productImportId: '',
    userImportIds: { mapping: '', ready: '' },
  }).map(({ name }) => [name, () => named(details, name)] as const),
]

/** What has an address of its own: what is opened by a press is told by English words. */
const inGerman = new Set(screens.filter(({ open }) => open === undefined).map(({ name }) => name))

for (const [name, screen] of visits) {
  test(`${name} is accessible and fits, wide and narrow, light and dark`, async () => {
    await examineScreen(await context.newPage(), screen())
  })
  if (!inGerman.has(name)) continue
  test(`${name} is whole in German, wide and narrow`, async () => {
    await examineInGerman(await german.newPage(), screen())
  })
}

test('the sign-in page speaks the language of the browser, and the one that was chosen from then on', async ({
  browser,
}) => {
  const reader = await browser.newContext({ baseURL: site.product.consoleUrl, locale: 'de-AT' })
  const page = await reader.newPage()
  await page.goto('/sign-in')
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
  await page.getByLabel('Sprache').selectOption('English')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await reader.close()
})

test('sign-in and set-up are accessible and fit, wide and narrow, light and dark', async ({ browser }) => {
  const stranger = await strangerAt(browser, site.product.consoleUrl)
  await examineScreen(await stranger.newPage(), { name: 'sign-in', path: '/sign-in', heading: 'Sign in' })
  await stranger.close()

  const product = await startProduct()
  const first = await strangerAt(browser, product.consoleUrl)
  await examineScreen(await first.newPage(), { name: 'set-up', path: '/set-up', heading: 'Set up Sallyport' })
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

function strangerAt(browser: Browser, baseURL: string): Promise<BrowserContext> {
  return browser.newContext({ baseURL, reducedMotion: 'reduce' })
}

function named(list: readonly Screen[], name: string): Screen {
  const found = list.find((screen) => screen.name === name)
  if (found === undefined) throw new Error(`there is no screen ${name}`)
  return found
}
