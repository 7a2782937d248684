/** Somebody proves a phone and an address in the portal through gateways on loopback, and is then asked there by the VPN. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import type { FactorKind } from '@sallyport/contract'
import { ntPasswordHash } from '@sallyport/radius'
import type { Store } from '@sallyport/store'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startWebGateway, type WebGateway } from './delivery/test/web-gateway.ts'
import { signed } from './delivery/web/proof.ts'
import { createArgon2id } from './passwords/argon2id.ts'
import { actor, startTestServer, type TestServer } from './test/running-server.ts'

const password = 'four plain words here'
const callSecret = 'the secret of calls'
const callbackUrl = 'https://portal.example.com'
const smtp = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  onData(stream, session, done) {
    let text = ''
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => (text += chunk))
    stream.on('end', () => {
      mails.push({ text, to: session.envelope.rcptTo.map(({ address }) => address) })
      done(null)
    })
  },
})
const mails: { readonly text: string; readonly to: readonly string[] }[] = []
const ids = new Map<string, string>()
let texts: WebGateway
let calls: WebGateway
let server: TestServer

async function add(store: Store, username: string, method: FactorKind): Promise<void> {
  const kept = { hash: await createArgon2id().hash(password), ntHash: ntPasswordHash(password), mustChange: false }
  const names = { firstName: '', lastName: '', email: '', description: '', enabled: true }
  const added = await store.users.create({ ...names, username, password: kept }, actor)
  if (!added.ok) throw new Error(added.problem)
  const { id, version } = added.value
  const standing = await store.people.standing(id)
  if (standing === null) throw new Error('nobody is there')
  await store.people.changeFactors(id, { ...standing.factors, factorMethods: [method], version }, actor)
  ids.set(username, id)
}

beforeAll(async () => {
  texts = await startWebGateway((response) => response.end('{}'))
  calls = await startWebGateway((response) => response.end('{"reference": "call-1"}'))
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  server = await startTestServer(async (store) => {
    await store.settings.changeTarget({ kind: 'built-in', version: 1 }, actor)
    const company = await store.company.settings()
    await store.company.change({ ...company, methods: ['text', 'call', 'email'] }, actor)
    const portal = await store.portalSettings.read()
    await store.portalSettings.change({ ...portal, methods: ['text', 'call', 'email'] }, actor)
    await add(store, 'texted', 'text')
    await add(store, 'called', 'call')
    await add(store, 'mailed', 'email')
    const sms = { type: 'http-sms', method: 'POST', url: texts.url, bodyFormat: 'json' } as const
    const open = { authentication: 'none', username: '', caPem: null } as const
    const fields = { successText: '', referenceField: '', receiptReferenceField: '', receiptStateField: '' }
    const more = { deliveredStates: '', failedStates: '', replyFromField: '', replyToField: '', replyTextField: '' }
    const asked = { body: '{"to": "{{to}}", "text": "{{text}}"}', sender: '', timeoutSeconds: 5, callbackUrl: null }
    const configuration = {
      ...sms,
      headers: [],
      ...open,
      ...fields,
      ...more,
      ...asked,
      callbackProof: 'secret' as const,
    }
    await store.gateways.create({ name: 'Texts', enabled: true, configuration }, actor)
    const voice = { type: 'http-voice', url: calls.url, caPem: null, timeoutSeconds: 5, callbackUrl } as const
    await store.gateways.create({ name: 'Calls', enabled: true, secret: callSecret, configuration: voice }, actor)
    const { port } = smtp.server.address() as AddressInfo
    const mail = { type: 'smtp', host: '127.0.0.1', port, security: 'none', caPem: null, username: '' } as const
    const sender = { from: 'sallyport@example.com', fromName: '', timeoutSeconds: 5 }
    await store.gateways.create({ name: 'Mail', enabled: true, configuration: { ...mail, ...sender } }, actor)
  })
})
afterAll(async () => {
  await server.close()
  await texts.close()
  await calls.close()
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
})

/** Comes in by an administrator's link; the answer posts in that session. */
async function comeIn(username: string) {
  const token = `a link of ${username} with enough random in it`
  const tokenHash = createHash('sha256').update(token).digest('hex')
  const expiresAt = new Date(Date.now() + 60_000)
  await server.store.enrolmentLinks.create({ tokenHash, userId: ids.get(username) ?? '', expiresAt }, actor)
  const send = (path: string, body: unknown, cookie: string) =>
    fetch(new URL(`/api/portal/${path}`, server.portalUrl), {
      method: 'POST',
      headers: { 'x-sallyport-request': 'portal', 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
  const cookie = ((await send('enrolment-link', { token }, '')).headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? ''
  return async (path: string, body: unknown) => {
    const response = await send(`contact/${path}`, body, cookie)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
}

const codeIn = (text: string) => /\d{6}/.exec(text)?.[0] ?? ''
const ask = (username: string) => server.ask(`User-Name = "${username}"`, `User-Password = "${password}"`)
const answer = (username: string, typed: string, state: string | undefined) =>
  server.ask(`User-Name = "${username}"`, `User-Password = "${typed}"`, `State = ${state ?? ''}`)
const last = <T>(list: readonly T[], count: number) =>
  vi.waitFor(
    () => {
      if (list.length < count) throw new Error(`only ${String(list.length)} came`)
      return list[count - 1] as T
    },
    { timeout: 8_000, interval: 20 },
  )

async function key(id: string, turn: number, keys: string): Promise<unknown> {
  const rows = await server.store.gateways.list()
  const path = `/callbacks/${rows.find(({ name }) => name === 'Calls')?.id ?? ''}/event`
  const body = JSON.stringify({ id, event: 'keys', turn, keys })
  const headers = signed(callSecret, Date.now(), new URL(path, callbackUrl), body)
  const response = await fetch(new URL(path, server.portalUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return response.json()
}

describe('what was proven in the portal', () => {
  test('by a text is where the VPN’s code goes', async () => {
    const post = await comeIn('texted')
    await post('proof', { place: 'phone', way: 'text', value: '+49 30 0000011', extension: '' })
    const { body } = await last(texts.asked, 1)
    expect(JSON.parse(body)).toMatchObject({ to: '+49300000011' })
    const { text } = JSON.parse(body) as { readonly text: string }
    expect((await post('confirm', { place: 'phone', code: codeIn(text) })).status).toBe(200)
    const asked = await ask('texted')
    expect(asked.code).toBe('Access-Challenge')
    const sent = JSON.parse((await last(texts.asked, 2)).body) as { readonly to: string; readonly text: string }
    expect(sent.to).toBe('+49300000011')
    expect((await answer('texted', codeIn(sent.text), asked.get('State'))).code).toBe('Access-Accept')
  })

  test('by a call is called; the call says what it is for, and takes what the screen shows', async () => {
    const post = await comeIn('called')
    const begun = await post('proof', { place: 'phone', way: 'call', value: '+49300000012', extension: '' })
    const { id, say } = JSON.parse((await last(calls.asked, 1)).body) as { readonly id: string; readonly say: string }
    expect(say).toContain('setting up this phone number')
    const code = String(begun.body['code'])
    expect(await key(id, 1, code === '111111' ? '222222' : '111111')).toMatchObject({ then: 'ask' })
    expect((await post('call', { place: 'phone' })).body).toEqual({ kind: 'calling' })
    const accepted = { then: 'hang-up', say: expect.stringContaining('is set up') as string }
    expect(await key(id, 2, code)).toMatchObject(accepted)
    expect((await post('call', { place: 'phone' })).body).toMatchObject({ kind: 'done' })
    const waiting = ask('called')
    const { id: pending } = JSON.parse((await last(calls.asked, 2)).body) as { readonly id: string }
    await key(pending, 1, '')
    expect((await waiting).code).toBe('Access-Accept')
  })

  test('by a mail is where the VPN’s code goes', async () => {
    const post = await comeIn('mailed')
    await post('proof', { place: 'email', way: 'email', value: 'mailed@example.com' })
    const proof = await last(mails, 1)
    expect(proof.to).toEqual(['mailed@example.com'])
    const body = proof.text.slice(proof.text.indexOf('\r\n\r\n'))
    expect((await post('confirm', { place: 'email', code: codeIn(body) })).status).toBe(200)
    const asked = await ask('mailed')
    const { text } = await last(mails, 2)
    const code = codeIn(text.slice(text.indexOf('\r\n\r\n')))
    expect((await answer('mailed', code, asked.get('State'))).code).toBe('Access-Accept')
  })
})
