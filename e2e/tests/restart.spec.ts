/**
 * `kill -9` in the middle of every kind of sign-in that waits for a person, on the same data folder: nobody is locked out, and nobody
 * is let in who should not be. radclient is the device: it sends the same packet again and again, as devices do, or a new one.
 */
import { createHmac } from 'node:crypto'
import { join } from 'node:path'

import { api, type CreateGatewayInput, type UserFactors } from '@sallyport/contract'
import type { AppRequest } from '@sallyport/contract/portal'
import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { freeTcpPort, freeUdpPort, startProcess, startSlapd, type RunningSlapd } from '@sallyport/tooling/servers'

import { startProxySite } from '../bench/proxy-site.ts'
import { compile } from '../bench/radload.ts'
import { Administrator } from '../support/administrator.ts'
import { startMailServer, startWebGateway, type Messages } from '../support/messages.ts'
import { codeOf } from '../support/oath.ts'
import { activatePhone, type Phone } from '../support/phone.ts'
import { startProduct, type Product } from '../support/product.ts'
import { ask, type Device } from '../support/vpn-device.ts'

const people = ['ada', 'ben', 'cid', 'dot', 'eve', 'fay', 'gus', 'hal', 'ida', 'jan', 'kim', 'leo']
const tokenSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const gatewaySecret = 'between the gateway and us'
const noFactors: Omit<UserFactors, 'phone'> = {
  ...{ factorMethods: [], phoneExtension: '', backupPhone: '', backupExtension: '', callMode: null },
  ...{ textMode: null, textWithPin: null, appMode: null, language: '' },
}

let directory: RunningSlapd
let web: Messages
let mail: Messages
let product: Product
let administrator: Administrator
let device: Device
let portalUrl: string
const gatewayIds = new Map<string, string>()

test.describe.configure({ timeout: 180_000 })

test.beforeAll(async () => {
  test.setTimeout(120_000)
  directory = await startSlapd({ users: people.map((uid) => ({ uid, password: `${uid}pw` })) })
  web = await startWebGateway()
  mail = await startMailServer()
  const [consolePort, portalPort] = [await freeTcpPort(), await freeTcpPort()]
  portalUrl = `http://127.0.0.1:${portalPort}`
  product = await startProduct({
    environment: { SALLYPORT_CONSOLE_PORT: String(consolePort), SALLYPORT_PORTAL_PORT: String(portalPort) },
  })
  administrator = await Administrator.setUp(product)
  device = { port: await freeUdpPort(), secret: 'a secret between test and server' }
  await administrator.useLdap(directory)
  await administrator.addClient(device.secret)
  await administrator.enableRadius(device.port)
  await match('off')
  const url = `http://127.0.0.1:${web.port}/`
  const callbackUrl = 'https://login.example.test'
  const gateways: readonly CreateGatewayInput[] = [
    {
      ...{ name: 'Texts', enabled: true, callbackSecret: gatewaySecret },
      configuration: {
        ...{ type: 'http-sms', method: 'POST', url, headers: [], bodyFormat: 'json' },
        ...{
          body: '{"to": "{{to}}", "text": "{{text}}"}',
          sender: '',
          authentication: 'none',
          username: '',
        },
        ...{ caPem: null, successText: '', referenceField: '', timeoutSeconds: 5, callbackUrl: null },
        ...{ callbackProof: 'secret', receiptReferenceField: '', receiptStateField: '' },
        ...{
          deliveredStates: '',
          failedStates: '',
          replyFromField: 'from',
          replyToField: 'to',
          replyTextField: 'text',
        },
      },
    },
    {
      ...{ name: 'Calls', enabled: true, secret: gatewaySecret },
      configuration: { type: 'http-voice', url, caPem: null, timeoutSeconds: 5, callbackUrl },
    },
    {
      ...{ name: 'Mail', enabled: true },
      configuration: {
        ...{ type: 'smtp', host: '127.0.0.1', port: mail.port, security: 'none', caPem: null, username: '' },
        ...{ from: 'sallyport@example.test', fromName: '', timeoutSeconds: 5 },
      },
    },
  ]
  for (const body of gateways) {
    gatewayIds.set(body.name, (await administrator.call(api.gateways.create, { body })).id)
  }
})

test.afterAll(async () => {
  await product.remove()
  await Promise.all([directory.remove(), web.close(), mail.close()])
})

async function match(numberMatching: 'off' | 'pick' | 'type'): Promise<void> {
  const { factorOff, fraudMail, ...company } = await administrator.call(api.company.read)
  expect(factorOff).toBe(0)
  expect(fraudMail.waiting).toBe(0)
  const methods = ['push', 'text', 'call', 'email', 'oath'] as const
  const body = { ...company, methods: [...methods], numberMatching, requestsInTenMinutes: 100 }
  await administrator.call(api.company.change, { body })
}

/** A user who is asked in this way; the password is their name and `pw`. */
async function add(username: string, factors: Partial<UserFactors>): Promise<string> {
  const { id, version } = await administrator.call(api.users.create, {
    body: { username, firstName: '', lastName: '', email: `${username}@example.test`, description: '', enabled: true },
  })
  const body = { ...noFactors, phone: '', ...factors, version }
  await administrator.call(api.people.changeFactors, { params: { id }, body })
  return id
}

async function addWithPhone(username: string): Promise<Phone> {
  return activatePhone(administrator, await add(username, { factorMethods: ['push'] }), () => portalUrl)
}

async function restart(): Promise<void> {
  const openings = product.log().split('the portal is open').length - 1
  process.kill(product.pid(), 'SIGKILL')
  await expect
    .poll(() => product.log().split('the portal is open').length - 1, { timeout: 60_000 })
    .toBeGreaterThan(openings)
}

/** The device sends the same packet every two seconds, for as long as it waits. */
const waits = (name: string, typed = `${name}pw`, state?: string) => ask(device, name, typed, state, 40)
const challenged = async (name: string, typed = `${name}pw`, before?: string) => {
  const { reply, output } = await waits(name, typed, before)
  expect(reply?.code, output).toBe('Access-Challenge')
  const get = (attribute: string) => reply?.attributes.find((each) => each.name === attribute)?.value ?? ''
  return { state: get('State'), words: get('Reply-Message') }
}
const codeFor = async (answer: ReturnType<typeof ask>) => (await answer).reply?.code

/** What asks the phone, once something does that is none of these. */
async function asked(phone: Phone, ...known: readonly AppRequest[]): Promise<AppRequest> {
  let found: AppRequest | undefined
  const look = async () => {
    const requests = await phone.requests().catch(() => [])
    found = requests.find(({ id }) => known.every((each) => each.id !== id))
    return found !== undefined
  }
  await expect.poll(look, { timeout: 60_000 }).toBe(true)
  if (!found) throw new Error('the phone is not asked')
  return found
}
const accepts = async (username: string) =>
  (await administrator.signIns({ username })).filter(({ result }) => result === 'accepted').length

test.describe('a push', () => {
  test('that waits is approved after the restart; the same packet is answered, and nobody is asked twice', async () => {
    const phone = await addWithPhone('ada')
    const answer = waits('ada')
    const before = await asked(phone)
    await restart()
    const after = await asked(phone)
    expect(after.id).toBe(before.id)
    expect(await phone.decide(after, 'approve')).toBe('taken')
    expect(await codeFor(answer)).toBe('Access-Accept')
    expect(await phone.requests()).toEqual([])
    await expect.poll(() => accepts('ada')).toBe(1)
  })

  test('that was approved before a restart lets a new packet in, once', async () => {
    const phone = await addWithPhone('ben')
    // The device is gone before anybody decides.
    const gone = ask(device, 'ben', 'benpw')
    const first = await asked(phone)
    await restart()
    expect(await codeFor(gone)).toBeUndefined()
    expect(await phone.decide(await asked(phone), 'approve')).toBe('taken')
    await restart()
    expect(await codeFor(waits('ben'))).toBe('Access-Accept')
    const again = waits('ben')
    const second = await asked(phone, first)
    expect(await phone.decide(second, 'deny')).toBe('taken')
    expect(await codeFor(again)).toBe('Access-Reject')
    await expect.poll(() => accepts('ben')).toBe(1)
  })

  test('that is approved while the server dies lets its device in all the same', async () => {
    const phone = await addWithPhone('cid')
    const answer = waits('cid')
    const request = await asked(phone)
    const tapped = phone.decide(request, 'approve').catch(() => 'lost')
    await restart()
    await tapped
    let code: string | undefined
    void codeFor(answer).then((found) => (code = found))
    // Whatever was lost is asked for again.
    const goOn = async () => {
      for (const each of await phone.requests().catch(() => [])) await phone.decide(each, 'approve').catch(() => 'lost')
      return code
    }
    await expect.poll(goOn, { timeout: 60_000 }).toBe('Access-Accept')
  })

  test('that was denied is not turned into an Accept by a restart: whoever asks again is asked about again', async () => {
    const phone = await addWithPhone('dot')
    const first = ask(device, 'dot', 'dotpw')
    const request = await asked(phone)
    expect(await phone.decide(request, 'deny')).toBe('taken')
    await restart()
    expect(await codeFor(first)).not.toBe('Access-Accept')
    const second = waits('dot')
    const anew = await asked(phone, request)
    expect(await phone.decide(request, 'approve')).not.toBe('taken')
    expect(await phone.decide(anew, 'deny')).toBe('taken')
    expect(await codeFor(second)).toBe('Access-Reject')
    expect(await accepts('dot')).toBe(0)
  })

  test('with a number to pick: the one that was shown before the restart is right after it, and no other', async () => {
    await match('pick')
    const phone = await addWithPhone('eve')
    for (const isRight of [true, false]) {
      const { state, words } = await challenged('eve')
      const shown = /\d{2,}/.exec(words)?.[0] ?? ''
      await restart()
      const request = await asked(phone)
      const choices = request.matching.kind === 'pick' ? request.matching.choices : []
      const other = choices.find((number) => number !== shown) ?? ''
      const answer = waits('eve', 'ok', state)
      expect(await phone.decide(request, 'approve', isRight ? shown : other)).toBe(isRight ? 'taken' : 'wrong-number')
      expect(await codeFor(answer)).toBe(isRight ? 'Access-Accept' : 'Access-Reject')
    }
  })

  test('with a number to type: the one that the app showed is taken after the restart, once', async () => {
    await match('type')
    const phone = await addWithPhone('fay')
    const { state } = await challenged('fay')
    const number = await phone.decide(await asked(phone), 'approve')
    await restart()
    expect(await codeFor(waits('fay', number, state))).toBe('Access-Accept')
    expect(await codeFor(waits('fay', number, state))).toBe('Access-Reject')
    await match('off')
  })
})

async function callBack(gateway: string, kind: 'reply' | 'event', body: unknown): Promise<number> {
  const path = `/callbacks/${gatewayIds.get(gateway) ?? ''}/${kind}`
  const [text, timestamp] = [JSON.stringify(body), String(Math.floor(Date.now() / 1000))]
  const signature = createHmac('sha256', gatewaySecret).update(`${timestamp}.${path}.${text}`).digest('hex')
  const proof = { 'x-sallyport-timestamp': timestamp, 'x-sallyport-signature': `v1=${signature}` }
  const headers = { 'content-type': 'application/json', 'x-sallyport-secret': gatewaySecret, ...proof }
  return (await fetch(new URL(path, portalUrl), { method: 'POST', headers, body: text })).status
}
const codeIn = (text: string) => /\d{6}/.exec(text)?.[0] ?? ''
const codeTexted = async (count: number) =>
  codeIn((JSON.parse(await web.after(count)) as { readonly text: string }).text)

test.describe('a text', () => {
  test('whose code was sent before the restart: the code is right after it, once', async () => {
    await add('gus', { factorMethods: ['text'], phone: '+4930000001' })
    const sent = web.count()
    const { state } = await challenged('gus')
    const code = await codeTexted(sent)
    await restart()
    expect(await codeFor(waits('gus', code, state))).toBe('Access-Accept')
    await restart()
    expect(await codeFor(waits('gus', code, state))).toBe('Access-Reject')
  })

  test('that waits for a reply still does after the restart, is not sent again, and its reply lets the device in', async () => {
    await add('hal', { factorMethods: ['text'], textMode: 'two-way', phone: '+4930000002' })
    const sent = web.count()
    const answer = waits('hal')
    await web.after(sent)
    // Until it is written down that the gateway took it, it may not have gone out, and would be sent again.
    await expect.poll(() => isSentTo('hal')).toBe(true)
    await restart()
    expect(await callBack('Texts', 'reply', { from: '+4930000002', to: '+49301', text: '1' })).toBeLessThan(300)
    expect(await codeFor(answer)).toBe('Access-Accept')
    expect(web.count()).toBe(sent + 1)
  })
})

test('a call that rang when the server died is made again for the packet that comes again, and # lets the device in', async () => {
  await add('ida', { factorMethods: ['call'], phone: '+4930000003' })
  const sent = web.count()
  const answer = waits('ida')
  const first = JSON.parse(await web.after(sent)) as { readonly id: string }
  await restart()
  const second = JSON.parse(await web.after(sent + 1)) as { readonly id: string }
  expect(await callBack('Calls', 'event', { id: first.id, event: 'keys', turn: 1, keys: '' })).toBeLessThan(500)
  await callBack('Calls', 'event', { id: second.id, event: 'answered' })
  expect(await callBack('Calls', 'event', { id: second.id, event: 'keys', turn: 1, keys: '' })).toBeLessThan(300)
  expect(await codeFor(answer)).toBe('Access-Accept')
})

test('a code that was mailed before the restart is right after it, once', async () => {
  await add('jan', { factorMethods: ['email'] })
  const sent = mail.count()
  const { state } = await challenged('jan')
  const [, body = ''] = (await mail.after(sent)).split('\n\n', 2)
  await restart()
  expect(await codeFor(waits('jan', codeIn(body), state))).toBe('Access-Accept')
  expect(await codeFor(waits('jan', codeIn(body), state))).toBe('Access-Reject')
})

test('an OATH challenge that was given out before the restart takes its code after it, and no code twice', async () => {
  await administrator.addUser('kim', tokenSecret)
  const { state } = await challenged('kim')
  const other = await challenged('kim', 'kimpw')
  await restart()
  const code = await codeOf(tokenSecret)
  expect(await codeFor(waits('kim', code, state))).toBe('Access-Accept')
  await restart()
  expect(await codeFor(waits('kim', code, state))).toBe('Access-Reject')
  expect(await codeFor(waits('kim', code, other.state))).not.toBe('Access-Accept')
})

test('a PIN that has to be changed: each step goes on where it stopped, and the new PIN counts', async () => {
  const id = await add('leo', { factorMethods: ['text'], textWithPin: true, phone: '+4930000004' })
  await administrator.call(api.people.setPin, { params: { id }, body: { pin: '4711' } })
  const sent = web.count()
  const first = await challenged('leo')
  const code = await codeTexted(sent)
  await restart()
  const typedOnce = await challenged('leo', `${code}4711`, first.state)
  await restart()
  const typedTwice = await challenged('leo', '908172', typedOnce.state)
  await restart()
  expect(await codeFor(waits('leo', '908173', typedTwice.state))).toBe('Access-Challenge')
  const again = await challenged('leo')
  const newCode = await codeTexted(sent + 1)
  expect(await codeFor(waits('leo', `${newCode}908172`, again.state))).toBe('Access-Challenge')
})

test('a request that waits for a slow RADIUS target is asked anew by the packet that comes again, and answered once', async () => {
  const [homePort, secret] = [await freeUdpPort(), 'secret of the home server']
  const home = await startProcess({
    command: await compile('slow-home.c'),
    args: [homePort, secret, 6].map(String),
    isReady: (output) => output.includes('ready'),
  })
  const site = await startProxySite({ secret, homePorts: [homePort], timeoutSeconds: 30, tries: 1 })
  try {
    const held = ask({ port: site.port, secret }, 's1', 'p1', undefined, 40)
    const fresh = new Promise<string | undefined>((resolve, reject) => {
      setTimeout(() => {
        process.kill(site.product.pid(), 'SIGKILL')
        site.product
          .opened(2)
          .then(() => codeFor(ask({ port: site.port, secret }, 's2', 'p2', undefined, 40)))
          .then(resolve, reject)
      }, 3_000)
    })
    expect(await codeFor(held)).toBe('Access-Accept')
    expect(await fresh).toBe('Access-Accept')
  } finally {
    await site.close()
    await home.stop()
  }
})

/** Whether the database knows that what asks this person went out. */
function isSentTo(username: string): boolean {
  const database = new Database(join(product.dataDir, 'sallyport.db'), { readonly: true })
  try {
    const asked = database.prepare(
      `SELECT 1 FROM FactorRequest r JOIN User u ON u.id = r.userId WHERE u.username = ? AND r.body ->> '$.sent' = 1`,
    )
    return asked.get(username) !== undefined
  } finally {
    database.close()
  }
}
