/** People reached through gateways on loopback while radclient waits at the device: the whole server between the two. */
import { rm } from 'node:fs/promises'

import { ntPasswordHash } from '@sallyport/radius'
import type { GatewayFields, GatewaySecrets, Store } from '@sallyport/store'
import type { FactorKind } from '@sallyport/contract'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { signed } from './delivery/web/proof.ts'
import { startWebGateway, type WebGateway } from './delivery/test/web-gateway.ts'
import { createArgon2id } from './passwords/argon2id.ts'
import { actor, serveFolder, startTestServer, type Answer, type TestServer } from './test/running-server.ts'

const password = 'four plain words here'
const callSecret = 'the secret of calls'
const replySecret = 'the secret of replies'
const argon2id = createArgon2id()
let texts: WebGateway
let calls: WebGateway
let server: TestServer

const names = { firstName: '', lastName: '', email: '', description: '', enabled: true }
const own = {
  ...{ phoneExtension: '', backupPhone: '', backupExtension: '', callMode: null, textWithPin: null, appMode: null },
  language: '',
}

async function add(store: Store, username: string, method: FactorKind, phone: string, more: object = {}) {
  const kept = { hash: await argon2id.hash(password), ntHash: ntPasswordHash(password), mustChange: false }
  const added = await store.users.create({ ...names, username, password: kept }, actor)
  if (!added.ok) throw new Error(added.problem)
  const { id, version } = added.value
  const factors = { ...own, factorMethods: [method], textMode: null, phone, version, ...more }
  const changed = await store.people.changeFactors(id, factors, actor)
  if (!changed.ok) throw new Error(changed.problem)
}

const textGateway = (name: string, url: string): GatewayFields & GatewaySecrets => ({
  ...{ name, enabled: true, callbackSecret: replySecret },
  configuration: {
    ...{ type: 'http-sms', method: 'POST', url, headers: [], bodyFormat: 'json' },
    ...{ body: '{"to": "{{to}}", "text": "{{text}}"}', sender: '', authentication: 'none', username: '', caPem: null },
    ...{ successText: '', referenceField: '', timeoutSeconds: 1, callbackUrl: null, callbackProof: 'secret' },
    ...{ receiptReferenceField: '', receiptStateField: '', deliveredStates: '', failedStates: '' },
    ...{ replyFromField: 'from', replyToField: 'to', replyTextField: 'text' },
  },
})

beforeAll(async () => {
  texts = await startWebGateway((response) => response.end('{}'))
  calls = await startWebGateway((response) => response.end('{"reference": "call-1"}'))
  // Takes every message and never says so: a soft outage.
  const silent = await startWebGateway(() => undefined)
  server = await startTestServer(async (store) => {
    await store.settings.changeTarget({ kind: 'built-in', version: 1 }, actor)
    await add(store, 'one-way', 'text', '+4930000001')
    await add(store, 'two-way', 'text', '+4930000002', { textMode: 'two-way' })
    await add(store, 'restarted', 'text', '+4930000005', { textMode: 'two-way' })
    await add(store, 'forged', 'text', '+4930000003', { textMode: 'two-way' })
    await add(store, 'called', 'call', '+4930000004')
    const voice = { type: 'http-voice', url: calls.url, caPem: null, timeoutSeconds: 5 } as const
    const callbackUrl = 'https://portal.example.com'
    await store.gateways.create(textGateway('Silent', silent.url), actor)
    await store.gateways.create(textGateway('Texts', texts.url), actor)
    const configuration = { ...voice, callbackUrl }
    await store.gateways.create({ name: 'Calls', enabled: true, secret: callSecret, configuration }, actor)
  })
  closing.push(
    () => server.close(),
    () => texts.close(),
    () => calls.close(),
    () => silent.close(),
  )
})
const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing) await close()
})

const ask = (name: string, ...more: readonly string[]) =>
  server.ask(`User-Name = "${name}"`, `User-Password = "${password}"`, ...more)
const answer = (name: string, typed: string, asked: Answer) =>
  server.ask(`User-Name = "${name}"`, `User-Password = "${typed}"`, `State = ${asked.get('State') ?? ''}`)

interface Message {
  readonly to: string
  readonly text: string
}
async function textTo(phone: string): Promise<string> {
  return vi.waitFor(
    () => {
      const sent = texts.asked.map(({ body }) => JSON.parse(body) as Message).find(({ to }) => to === phone)
      if (!sent) throw new Error(`nothing was sent to ${phone}`)
      return sent.text
    },
    { timeout: 8_000, interval: 20 },
  )
}
const codeIn = (text: string) => /\d{6}/.exec(text)?.[0] ?? ''

async function callBack(gateway: string, kind: string, body: unknown, headers: Record<string, string>) {
  const rows = await server.store.gateways.list()
  const id = rows.find(({ name }) => name === gateway)?.id ?? ''
  const path = `/callbacks/${id}/${kind}`
  const text = JSON.stringify(body)
  const signing = headers['sign'] === undefined ? headers : signed(headers['sign'], Date.now(), urlOf(path), text)
  return fetch(new URL(path, server.portalUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signing },
    body: text,
  })
}
const urlOf = (path: string) => new URL(path, 'https://portal.example.com')

describe('a text message', () => {
  test('brings the code that the device then takes, by the second gateway where the first one stays silent', async () => {
    const asked = await ask('one-way')
    expect(asked.code).toBe('Access-Challenge')
    const code = codeIn(await textTo('+4930000001'))
    expect((await answer('one-way', code, asked)).code).toBe('Access-Accept')
    expect(await server.reported('one-way', 'password-and-code')).toMatchObject({ factor: 'text' })
  })

  test('that is replied to lets the waiting device in', async () => {
    const waiting = ask('two-way')
    expect(await textTo('+4930000002')).toContain('VPN')
    const reply = { from: '+4930000002', to: '+49301', text: '1' }
    expect((await callBack('Texts', 'reply', reply, { 'x-sallyport-secret': replySecret })).status).toBeLessThan(300)
    expect((await waiting).code).toBe('Access-Accept')
    expect(await server.reported('two-way', 'password-and-approval')).toMatchObject({ factor: 'text' })
  })

  test('that was sent before a restart is replied to after it: the device’s retry is let in', async () => {
    const before = ask('restarted')
    await textTo('+4930000005')
    await server.stop()
    expect((await before).code).toBeUndefined()
    const { dataDir } = server
    server = await serveFolder(dataDir, server.port)
    closing.push(() => rm(dataDir, { recursive: true }))
    const reply = { from: '+4930000005', to: '+49301', text: '1' }
    expect((await callBack('Texts', 'reply', reply, { 'x-sallyport-secret': replySecret })).status).toBeLessThan(300)
    const sent = texts.asked.length
    expect((await ask('restarted')).code).toBe('Access-Accept')
    // Nobody was asked a second time.
    expect(texts.asked.length).toBe(sent)
  }, 60_000)

  test('is not replied to by whoever cannot prove to be the gateway', async () => {
    const waiting = ask('forged')
    await textTo('+4930000003')
    const reply = { from: '+4930000003', to: '+49301', text: '1' }
    expect((await callBack('Texts', 'reply', reply, { 'x-sallyport-secret': 'guessed' })).status).toBe(403)
    expect((await callBack('Texts', 'reply', reply, {})).status).toBe(403)
    expect((await waiting).code).toBeUndefined()
  }, 30_000)
})

describe('a phone call', () => {
  test('lets the waiting device in when # is pressed', async () => {
    const waiting = ask('called')
    const { id } = await vi.waitFor(() => JSON.parse(calls.asked.at(-1)?.body ?? '') as { readonly id: string }, {
      timeout: 5_000,
      interval: 20,
    })
    await callBack('Calls', 'event', { id, event: 'answered' }, { sign: callSecret })
    const pressed = await callBack('Calls', 'event', { id, event: 'keys', turn: 1, keys: '' }, { sign: callSecret })
    expect(await pressed.json()).toMatchObject({ then: 'hang-up' })
    expect((await waiting).code).toBe('Access-Accept')
    expect(await server.reported('called', 'password-and-approval')).toMatchObject({ factor: 'call' })
  })
})
