/** Every endpoint of the contract, called with no session, as each role, and with one field too many. */
import { api, role, type Endpoint, type Role } from '@sallyport/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOfToken } from './session/token-hash.ts'
import { startConsole, type TestConsole } from './test/console.ts'

const endpoints = Object.entries(api).flatMap(([room, members]) =>
  Object.entries(members).map(([name, endpoint]) => ({ title: `${room}.${name}`, endpoint: endpoint as Endpoint })),
)
const nobody = '00000000-0000-4000-8000-000000000000'
const urlOf = ({ path }: Endpoint) => path.replace(':id', nobody)
/** Ends the caller's own session, and with it what the other cases need. */
const isSignOut = ({ method, path }: Endpoint) => method === 'DELETE' && path === '/api/session'

let console: TestConsole
const cookies = new Map<Role, string>()
const tokens = new Map<Role, string>()
const halfCookie = 'sallyport=half'
beforeAll(async () => {
  console = await startConsole()
  const nothingWaits = { rows: 0, limit: 1_000_000, oldestAtMs: null, waitingSessions: 0, servers: [] }
  console.engine.status = { ...console.engine.status, forwarding: nothingWaits }
  for (const who of role.options) cookies.set(who, await console.signInAs(who))
  for (const who of role.options) {
    const body = { name: who, role: who, expiresInDays: 1 }
    const made = await console.call('POST', '/api/api-tokens', { cookie: cookies.get('administrator'), body })
    tokens.set(who, String(made.body['token']))
  }
  await console.signInAs('auditor')
  const someone = await console.store.administrators.byUsername('auditor-3')
  await console.store.sessions.create({
    ...{ tokenHash: hashOfToken('half'), administratorId: someone?.id ?? '', stage: 'factor' },
    ...{ expiresAt: new Date(console.now().getTime() + 60_000), address: '192.0.2.1', userAgent: '' },
  })
})
afterAll(() => console.close())

describe('who may call', () => {
  test('an endpoint that is public is one that nobody can have a session for yet', () => {
    const open = endpoints.filter(({ endpoint }) => endpoint.access === 'public').map(({ title }) => title)
    expect(open).toEqual([
      'openId.begin',
      'openId.finish',
      'session.readSetUp',
      'session.setUp',
      'session.signIn',
      'session.passkeyOptions',
      'session.signInByPasskey',
    ])
  })

  test.each(endpoints)('$title without a session', async ({ endpoint }) => {
    const answer = await console.call(endpoint.method, urlOf(endpoint))
    if (endpoint.access === 'public') expect(answer.status).not.toBe(403)
    else expect(answer.body).toMatchObject({ status: 401, code: 'sign-in-required' })
  })

  const cases = endpoints.flatMap((each) => role.options.map((who) => ({ ...each, who })))
  test.each(cases.filter(({ endpoint }) => !isSignOut(endpoint)))('$title as $who', async ({ endpoint, who }) => {
    const answer = await console.call(endpoint.method, urlOf(endpoint), { cookie: cookies.get(who) })
    if (endpoint.access === 'public' || endpoint.access.includes(who)) {
      // Let in: what is missing in the input, or is not there, is another matter.
      const { stages = ['full'] } = endpoint
      if (endpoint.access !== 'public' && !stages.includes('full')) {
        expect(answer.body).toMatchObject({ code: 'sign-in-required' })
        return
      }
      expect([200, 204, 400, 404, 503]).toContain(answer.status)
      if (endpoint.access === 'public') return
    } else {
      expect(answer.body).toMatchObject({ status: 403, code: 'not-allowed' })
    }
  })

  test.each(role.options)('session.signOut as %s', async (who) => {
    expect((await console.call('DELETE', '/api/session', { cookie: await console.signInAs(who) })).status).toBe(204)
  })

  // Every one of them, so that none falls out of the list unnoticed.
  test('what touches secrets, roles or second factors asks again who it is', () => {
    const asking = endpoints.filter(({ endpoint }) => endpoint.reauthenticate === true).map(({ title }) => title)
    expect(asking.sort()).toEqual([
      'account.addPasskey',
      'account.beginTotp',
      'account.drawRecoveryCodes',
      'account.passkeyOptions',
      'account.removePasskey',
      'account.removeTotp',
      'administrators.change',
      'administrators.changePolicy',
      'administrators.create',
      'administrators.remove',
      'administrators.resetFactors',
      'apiTokens.create',
      'apiTokens.remove',
      'directory.changeLdap',
      'gateways.change',
      'gateways.create',
      'listenerCertificates.makeSelfSigned',
      'listenerCertificates.paste',
      'listenerCertificates.pointTo',
      'listenerCertificates.reset',
      'logReceivers.change',
      'logReceivers.create',
      'metrics.makeToken',
      'openId.change',
      'openId.test',
      'openId.unpin',
      'productImports.take',
      'productImports.upload',
      'radius.changeClient',
      'radius.createClient',
      'radiusServers.change',
      'radiusServers.create',
      'radsec.change',
      'retention.change',
      'savedReports.changeSchedule',
      'windowsDomain.change',
    ])
  })

  test('what an auditor may call changes nothing but their own session', () => {
    const theirs = endpoints.filter(
      ({ endpoint }) => endpoint.access !== 'public' && endpoint.access.includes('auditor'),
    )
    const changing = theirs.filter(({ endpoint }) => endpoint.method !== 'GET').map(({ title }) => title)
    const theirOwn = changing.filter((title) => /^(session|account)\./.test(title))
    expect(changing).toEqual(theirOwn)
  })
})

describe('API tokens', () => {
  const bearer = (who: Role) => ({ authorization: `Bearer ${tokens.get(who) ?? ''}` })

  const cases = endpoints.flatMap((each) => role.options.map((who) => ({ ...each, who })))
  test.each(cases.filter(({ endpoint }) => endpoint.access !== 'public'))(
    '$title by a token of the role $who',
    async ({ endpoint, who }) => {
      // A session that comes along opens nothing: what the token may is what counts.
      const cookie = cookies.get('administrator')
      const headers = { 'x-sallyport-request': '', ...bearer(who) }
      const answer = await console.call(endpoint.method, urlOf(endpoint), { cookie, headers })
      const may = endpoint.noTokens !== true && endpoint.reauthenticate !== true && endpoint.access.includes(who)
      if (may) expect([200, 204, 400, 404]).toContain(answer.status)
      else expect(answer.body).toMatchObject({ status: 403, code: 'not-allowed' })
    },
  )

  test('reach no endpoint of sessions, accounts, administrators or API tokens', () => {
    const own = /^\/api\/(session|account|administrators|api-tokens)\b/
    const reached = endpoints.filter(({ endpoint }) => own.test(endpoint.path) && endpoint.noTokens !== true)
    expect(reached.filter(({ endpoint }) => endpoint.access !== 'public')).toEqual([])
  })

  test.each(['Bearer sallyport_wrong', 'Bearer', 'bearer x'])('“%s” is none', async (authorization) => {
    const cookie = cookies.get('administrator')
    const answer = await console.call('GET', '/api/users', { cookie, headers: { authorization } })
    expect(answer.body).toMatchObject({ status: 401, code: 'sign-in-required' })
  })

  test('are all that makes up for the console’s header: a name and a password, which any page can make a browser send, do not', async () => {
    const cookie = cookies.get('administrator')
    const headers = { 'x-sallyport-request': '', authorization: 'Basic YWRtaW46YWRtaW4=' }
    const answer = await console.call('POST', '/api/session', { cookie, headers, body: {} })
    expect(answer.body).toMatchObject({ status: 403, code: 'cross-site-request' })
  })
})

describe('one field wrong', () => {
  // What a half-done sign-in is for has one of its own.
  const cookieFor = ({ access, stages = ['full'] }: Endpoint) =>
    access === 'public' || stages.includes('full') ? cookies.get('administrator') : halfCookie

  test.each(endpoints)('$title names a query field that it does not know', async ({ endpoint }) => {
    const answer = await console.call(endpoint.method, `${urlOf(endpoint)}?surplus=1`, { cookie: cookieFor(endpoint) })
    expect(answer.body).toMatchObject({ status: 400, code: 'invalid-input' })
    expect(JSON.stringify(answer.body['errors'])).toMatch(/"path":"(surplus|)"/)
  })

  // Where a file is the body, there are no fields.
  const changing = endpoints.filter(({ endpoint }) => endpoint.method !== 'GET' && !('upload' in endpoint))
  test.each(changing)('$title names a body field that it does not know', async ({ endpoint }) => {
    const url = endpoint.query === undefined ? urlOf(endpoint) : `${urlOf(endpoint)}?version=1`
    const answer = await console.call(endpoint.method, url, { cookie: cookieFor(endpoint), body: { surplus: 1 } })
    expect(answer.body).toMatchObject({
      status: 400,
      code: 'invalid-input',
      errors: expect.arrayContaining([expect.objectContaining({ path: 'surplus' })]) as unknown,
    })
  })

  const withBody = changing.filter(({ endpoint }) => endpoint.body !== undefined)
  test.each(withBody)('$title refuses a body that is missing, a list, a text', async ({ endpoint }) => {
    for (const body of [undefined, [], '"text"']) {
      const headers = { 'content-type': 'application/json' }
      const answer = await console.call(endpoint.method, urlOf(endpoint), {
        cookie: cookieFor(endpoint),
        body,
        headers,
      })
      expect(answer.body).toMatchObject({ status: 400, code: 'invalid-input' })
    }
  })

  const byId = endpoints.filter(({ endpoint }) => endpoint.params !== undefined)
  test.each(byId)('$title names an id that is none', async ({ endpoint }) => {
    const answer = await console.call(endpoint.method, endpoint.path.replace(':id', 'x'), {
      cookie: cookieFor(endpoint),
    })
    expect(answer.body).toMatchObject({ status: 400, errors: [{ path: 'id', message: 'This is not an id.' }] })
  })

  test('names nested fields by dotted paths', async () => {
    const answer = await console.call('PUT', '/api/directory/ldap', {
      cookie: cookies.get('administrator'),
      body: { servers: [{ url: 'ldap://one' }, { url: '', extra: 1 }] },
    })
    const paths = (answer.body['errors'] as { path: string }[]).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['servers.1.url', 'servers.1.extra', 'tls', 'queryBind']))
  })
})
