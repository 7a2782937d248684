/**
 * The authenticator in Debian's Firefox, with its own push machinery: it subscribes at a push service, the server sends there over
 * TLS, Firefox decrypts and wakes the service worker, and its notification leads to the request, with radclient at the other end.
 */
import { api } from '@sallyport/contract'
import { expect, test } from '@playwright/test'

import { startFirefox, type Firefox } from '../support/firefox/firefox.ts'
import type { FirefoxPage } from '../support/firefox/page.ts'
import { startPushService, type PushService } from '../support/push-service.ts'
import { startSite, type Site } from '../support/site.ts'
import { ask } from '../support/vpn-device.ts'

let push: PushService
let site: Site
let firefox: Firefox
let phone: FirefoxPage
let appUrl: string

test.beforeAll(async () => {
  push = await startPushService()
  site = await startSite({ SALLYPORT_PUSH_TO_LOOPBACK: '1', NODE_EXTRA_CA_CERTS: push.caFile })
  firefox = await startFirefox(push.browserUrl)
  const { factorOff, fraudMail, ...company } = await site.administrator.call(api.company.read)
  expect(factorOff).toBe(0)
  expect(fraudMail.waiting).toBe(0)
  await site.administrator.call(api.company.change, { body: { ...company, methods: ['push'], numberMatching: 'off' } })
})

test.afterAll(async () => {
  await firefox.remove()
  await site.remove()
  await push.close()
})

const signingIn = () => ask(site.device, 'alice', 'alicepw', undefined, 10)

test('a device is activated by its link and subscribes to pushes', async () => {
  const id = site.userIds.get('alice') ?? ''
  const { link } = await site.administrator.call(api.appDevices.activate, { params: { id } })
  appUrl = new URL('/app/', link).href
  phone = await firefox.tabAt('about:blank')
  await phone.goto(link)
  await phone.fill('Name of this device', 'Firefox of Alice')
  await phone.click('button', 'Add account')
  await phone.seen('heading', 'Nothing to approve')
  await phone.click('button', 'Turn on notifications')
  await expect.poll(() => phone.words()).not.toContain('Turn on notifications')
  const { devices } = await site.administrator.call(api.people.standing, { params: { id } })
  expect(devices).toMatchObject([{ name: 'Firefox of Alice' }])
})

test('with the app closed, a sign-in shows a notification of what it is about; it opens the request, and the approval lets in', async () => {
  await phone.goto('about:blank')
  const answer = signingIn()
  const alert = await firefox.alerts.next()
  expect([alert.title, alert.text]).toEqual([
    'Sign in to Office VPN?',
    'alice is signing in from 198.51.100.7. Is that you?',
  ])
  expect(push.acknowledged).toEqual([100])
  const message = push.sent[0]
  expect(message?.headers).toMatchObject({ urgency: 'high', ttl: expect.stringMatching(/^[1-9]\d?$/) })
  const [pending] = (await site.administrator.call(api.pending.list)).rows
  const id = pending?.id ?? ''
  expect(message?.headers['topic']).toBe(id.replaceAll('-', ''))
  // What passes the push service tells it neither who signs in nor where: not the id, nor anything that the notification says.
  for (const secret of [id, 'alice', 'Office VPN', '198.51.100.7']) expect(message?.body.includes(secret)).toBe(false)

  await alert.click()
  const app = await firefox.tabAt(appUrl)
  await app.seen('heading', 'Is this you?')
  const words = await app.words()
  for (const shown of ['Office VPN', 'alice', '198.51.100.7']) expect(words).toContain(shown)
  await app.click('button', 'Approve')
  expect((await answer).reply?.code).toBe('Access-Accept')
  await app.seen('heading', 'Approved')
  await app.click('button', 'Done')
  await expect.poll(async () => (await firefox.alerts.shown()).length).toBe(0)
  phone = app
})

test('with the app closed, Deny in the notification keeps the device out, and another says so; no app is opened for it', async () => {
  await phone.goto('about:blank')
  const answer = signingIn()
  const alert = await firefox.alerts.next()
  await alert.press('deny')
  expect((await answer).reply?.code).toBe('Access-Reject')
  const told = async () => (await firefox.alerts.shown()).map(({ title }) => title)
  await expect.poll(told).toEqual(['Denied: Office VPN'])
  const [newest] = await site.administrator.signIns({ username: 'alice', limit: 1 })
  expect(newest).toMatchObject({ result: 'rejected', reason: 'denied' })
  expect((await site.administrator.call(api.pending.list)).rows).toEqual([])
  expect(await phone.words()).toBe('')
  await phone.goto(appUrl)
  await phone.seen('heading', 'Nothing to approve')
})

test('a subscription that the push service has forgotten is forgotten here, and the open app receives the request by itself', async () => {
  push.forget()
  const before = push.sent.length
  for (let times = 0; times < 2; times += 1) {
    const answer = signingIn()
    await phone.seen('heading', 'Is this you?')
    await phone.click('button', 'Deny')
    expect((await answer).reply?.code).toBe('Access-Reject')
    await phone.seen('heading', 'Denied')
    await phone.click('button', 'Done')
  }
  expect(push.sent.slice(before).map(({ status }) => status)).toEqual([410])
})

test('while no push service can be reached, the open app receives the request by itself; the log says what is wrong', async () => {
  // The app tells its subscription anew when it is opened.
  await phone.goto(appUrl)
  await phone.seen('heading', 'Nothing to approve')
  const params = { id: site.userIds.get('alice') ?? '' }
  const pushesGo = async () => (await site.administrator.call(api.people.standing, { params })).devices[0]?.pushes
  await expect.poll(pushesGo).toBe(true)
  push.stopTaking()
  const answer = signingIn()
  await phone.seen('heading', 'Is this you?')
  await phone.click('button', 'Approve')
  expect((await answer).reply?.code).toBe('Access-Accept')
  await expect.poll(() => site.product.log()).toContain('a push service did not take a push')
})
