/** The authenticator in a real browser: activated by its link, asked by a real RADIUS client, and every answer that a person can give. */
import { api } from '@sallyport/contract'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'

import { openSignedIn } from '../support/browser.ts'
import { startSite, type Site } from '../support/site.ts'
import { ask } from '../support/vpn-device.ts'

let site: Site
let context: BrowserContext
let phone: Page

/** Numbers that no approval is tied to, until a test says otherwise. */
async function match(numberMatching: 'off' | 'pick' | 'type'): Promise<void> {
  const { factorOff, fraudMail, ...company } = await site.administrator.call(api.company.read)
  expect(factorOff).toBe(0)
  expect(fraudMail.waiting).toBe(0)
  await site.administrator.call(api.company.change, {
    body: { ...company, methods: ['push', 'oath'], numberMatching, requestsInTenMinutes: 100 },
  })
}

test.beforeAll(async ({ browser }) => {
  site = await startSite()
  await match('off')
  const userId = site.userIds.get('alice') ?? ''
  const { link } = await site.administrator.call(api.appDevices.activate, { params: { id: userId } })
  context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' })
  phone = await context.newPage()
  await phone.goto(link)
  await phone.getByLabel('Name of this device').fill('Phone of Alice')
  await phone.getByRole('button', { name: 'Add account' }).click()
  await phone.getByRole('heading', { name: 'Nothing to approve' }).waitFor()
})

test.afterAll(async () => {
  await context.close()
  await site.remove()
})

/** The device asks again while the person looks at the phone, as devices do. */
const signingIn = (password = 'alicepw', state?: string) => ask(site.device, 'alice', password, state, 10)
const asked = () => phone.getByRole('heading', { name: 'Is this you?' }).waitFor()
const done = () => phone.getByRole('button', { name: 'Done' }).click()

test('the code is out of the address once it was used, and the key cannot be read', async () => {
  expect(new URL(phone.url()).hash).toBe('')
  const extractable = await phone.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('sallyport')
      opening.onsuccess = () => resolve(opening.result)
    })
    const all = await new Promise<{ key: CryptoKey; offline: { key: CryptoKey } }[]>((resolve) => {
      const reading = database.transaction('accounts').objectStore('accounts').getAll() as IDBRequest<
        { key: CryptoKey; offline: { key: CryptoKey } }[]
      >
      reading.onsuccess = () => resolve(reading.result)
    })
    database.close()
    return all.flatMap(({ key, offline }) => [key.extractable, offline.key.extractable])
  })
  expect(extractable).toEqual([false, false])
})

test('an approval lets the device in', async () => {
  const answer = signingIn()
  await asked()
  await expect(phone.getByText('Office VPN')).toBeVisible()
  await expect(phone.getByText('198.51.100.7')).toBeVisible()
  await phone.getByRole('button', { name: 'Approve' }).click()
  expect((await answer).reply?.code).toBe('Access-Accept')
  await phone.getByRole('heading', { name: 'Approved' }).waitFor()
  await done()
})

test('a denial keeps it out', async () => {
  const answer = signingIn()
  await asked()
  await phone.getByRole('button', { name: 'Deny' }).click()
  expect((await answer).reply?.code).toBe('Access-Reject')
  await phone.getByRole('heading', { name: 'Denied' }).waitFor()
  await done()
})

test('the code that it shows without a network lets the device in', async () => {
  await context.setOffline(true)
  await phone.getByRole('button', { name: 'Codes' }).click()
  const shown = phone.getByTestId('code')
  await expect(shown).toHaveText(/^\d{3} \d{3}$/)
  const code = ((await shown.textContent()) ?? '').replace(' ', '')
  await context.setOffline(false)
  const { reply } = await signingIn(`alicepw,${code}`)
  expect(reply?.code).toBe('Access-Accept')
})

/** The challenge that a sign-in with the password meets: its words and the State to answer it with. */
async function challenge(): Promise<{ readonly words: string; readonly state: string }> {
  const { reply } = await signingIn()
  expect(reply?.code).toBe('Access-Challenge')
  const get = (name: string) => reply?.attributes.find((each) => each.name === name)?.value ?? ''
  return { words: get('Reply-Message'), state: get('State') }
}

test.describe('with numbers', () => {
  test('the number that the device shows is picked in the app; another one keeps it out', async () => {
    await match('pick')
    await phone.getByRole('button', { name: 'Requests' }).click()
    for (const isRight of [true, false]) {
      const { words, state } = await challenge()
      const shown = /\d{2,}/.exec(words)?.[0] ?? ''
      const answer = signingIn('ok', state)
      await asked()
      await phone.getByRole('button', { name: 'Approve' }).click()
      const choices = await phone.getByRole('button', { name: /^\d+$/ }).allTextContents()
      expect(choices).toHaveLength(3)
      expect(choices).toContain(shown)
      const picked = isRight ? shown : (choices.find((choice) => choice !== shown) ?? '')
      await phone.getByRole('button', { name: picked, exact: true }).click()
      expect((await answer).reply?.code).toBe(isRight ? 'Access-Accept' : 'Access-Reject')
      await phone.getByRole('heading', { name: isRight ? 'Approved' : 'Not the right number' }).waitFor()
      await done()
    }
  })

  test('the number that the app shows after the approval is typed at the device', async () => {
    await match('type')
    const { state } = await challenge()
    await asked()
    await phone.getByRole('button', { name: 'Approve' }).click()
    await phone.getByRole('heading', { name: 'Type this number' }).waitFor()
    const number = /\d+/.exec(await phone.getByRole('dialog').getByRole('status').innerText())?.[0] ?? ''
    expect((await signingIn(number, state)).reply?.code).toBe('Access-Accept')
    await done()
  })
})

test('a push that arrives shows a notification that says what it is about, and offers no approval', async () => {
  await match('off')
  await context.grantPermissions(['notifications'], { origin: new URL(phone.url()).origin })
  const devtools = await context.newCDPSession(phone)
  const registrationId = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.endsWith('/app/'))
      if (found) resolve(found.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  const answer = signingIn()
  await asked()
  const [pending] = (await site.administrator.call(api.pending.list)).rows
  const origin = new URL(phone.url()).origin
  const push = { origin, registrationId: await registrationId, data: JSON.stringify({ id: pending?.id }) }
  await devtools.send('ServiceWorker.deliverPushMessage', push)
  const shown = () =>
    phone.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map((each) => ({
        ...{ title: each.title, body: each.body },
        answers: (each as Notification & { actions: { action: string }[] }).actions.map(({ action }) => action),
      }))
    })
  await expect.poll(shown).toEqual([
    {
      title: 'Sign in to Office VPN?',
      body: 'alice is signing in from 198.51.100.7. Is that you?',
      answers: ['open', 'deny'],
    },
  ])
  await phone.getByRole('button', { name: 'Deny' }).click()
  expect((await answer).reply?.code).toBe('Access-Reject')
  await expect.poll(shown).toEqual([])
  await done()
})

test('a name of an application that is HTML is shown as it was written, in the app and in the console', async ({
  browser,
}) => {
  const applicationName = `<img src=x onerror="document.title='owned'"><b>Office & Co</b>`
  const shop = { ...site.device, secret: 'the secret of another shop', address: '127.0.0.3' }
  await site.administrator.addClient(shop.secret, { applicationName, address: shop.address })
  const answer = ask(shop, 'alice', 'alicepw', undefined, 10)
  await asked()
  await expect(phone.getByText(applicationName, { exact: true })).toBeVisible()
  const office = await openSignedIn(browser, site.product)
  const desk = await office.newPage()
  await desk.goto('/pending')
  await expect(desk.getByText(applicationName, { exact: true }).first()).toBeVisible()
  for (const page of [phone, desk]) {
    expect(await page.title()).not.toBe('owned')
    await expect(page.locator('img[src="x"], b')).toHaveCount(0)
  }
  await office.close()
  await phone.getByRole('button', { name: 'Deny' }).click()
  expect((await answer).reply?.code).toBe('Access-Reject')
  await done()
})

test('“It wasn’t me” asks first, keeps the device out, and blocks the account', async () => {
  const answer = signingIn()
  await asked()
  await phone.getByRole('button', { name: 'It wasn’t me' }).click()
  await phone.getByRole('button', { name: 'Report: it wasn’t me' }).click()
  expect((await answer).reply?.code).toBe('Access-Reject')
  await phone.getByRole('heading', { name: 'Reported' }).waitFor()
  await done()
  expect((await signingIn()).reply?.code).toBe('Access-Reject')
  const [newest] = await site.administrator.signIns({ username: 'alice', limit: 1 })
  expect(newest?.reason).toBe('user-blocked')
})

test('a device that was taken away says so, and can start anew', async () => {
  const userId = site.userIds.get('alice') ?? ''
  const { devices } = await site.administrator.call(api.people.standing, { params: { id: userId } })
  await site.administrator.call(api.people.revokeDevice, { params: { id: devices[0]?.id ?? '' } })
  await phone.reload()
  await phone.getByText('alice was removed').waitFor()
  await phone.getByRole('button', { name: 'Remove from this app' }).click()
  await phone.getByRole('heading', { name: 'Welcome' }).waitFor()
  // Nobody is asked there any more: what is left is the token that she has.
  await site.administrator.call(api.people.unblock, { params: { id: userId } })
  const { words } = await challenge()
  expect(words).toContain('token')
})
