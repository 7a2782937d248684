import { retentionDefaults } from '@sallyport/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeEach(async () => {
  console = await startConsole({ clock: () => new Date() })
  cookie = await console.signInAs('administrator')
})
afterEach(() => console.close())

const days = { ...retentionDefaults, standing: 30 }
const put = (body: object) => console.call('PUT', '/api/retention', { cookie, body })
const preview = async (of: object = days) =>
  console.call('POST', '/api/retention/preview', { cookie, body: { days: of } })

test('what is kept for how long, what there is and what it takes on disk', async () => {
  const before = await console.call('GET', '/api/retention', { cookie })
  expect(before.body).toMatchObject({
    settings: { days: retentionDefaults, version: 1 },
    stock: null,
    isCounting: true,
  })
  await console.retention.idle()
  const { body } = await console.call('GET', '/api/retention', { cookie })
  expect(body).toMatchObject({ runs: [], file: { octets: expect.any(Number) as number } })
  const stock = body['stock'] as { kinds: { kind: string; rows: number }[] }
  expect(stock.kinds.find(({ kind }) => kind === 'changes')?.rows).toBeGreaterThan(0)
})

test('nothing is kept for a shorter time before what goes was said, to whom and for what it was said', async () => {
  const refused = { status: 400, code: 'invalid-input', errors: [{ path: 'previewId' }] }
  expect((await put({ days, version: 1, previewId: null })).body).toMatchObject(refused)
  const of = async (answer: ReturnType<typeof preview>) => (await answer).body['id'] as string
  const other = await of(preview({ ...days, imports: 7 }))
  expect((await put({ days, version: 1, previewId: other })).body).toMatchObject(refused)
  const somebody = await console.signInAs('administrator')
  const theirs = await console.call('POST', '/api/retention/preview', { cookie: somebody, body: { days } })
  expect((await put({ days, version: 1, previewId: theirs.body['id'] })).body).toMatchObject(refused)
  const mine = await of(preview())
  expect((await put({ days, version: 1, previewId: mine })).body).toMatchObject({ settings: { days, version: 2 } })
  // A longer time takes nothing away.
  expect((await put({ days: retentionDefaults, version: 2, previewId: null })).status).toBe(200)
  expect((await put({ days, version: 3, previewId: mine })).body).toMatchObject(refused)
})

test('what was agreed to is removed at once, in the background, and told of', async () => {
  const created = await console.call('POST', '/api/users', {
    ...{ cookie, body: { username: 'alice', firstName: '', lastName: '', email: '', description: '', enabled: true } },
  })
  const { standing } = { standing: { ...days, 'sign-ins': 7 } }
  expect(created.status).toBe(200)
  const { body } = await preview(standing)
  expect(body).toMatchObject({ removes: [] })
  expect((await put({ days: standing, version: 1, previewId: body['id'] })).status).toBe(200)
  await console.retention.idle()
  const after = await console.call('GET', '/api/retention', { cookie })
  expect(after.body['runs']).toMatchObject([
    {
      problem: null,
      finishedAt: expect.any(String) as string,
      parts: [
        { kind: 'sign-ins', state: 'done', toRemove: 0, removed: 0 },
        { kind: 'standing', state: 'done' },
      ],
    },
  ])
  const [newest] = (await console.store.audit.list({ limit: 1 })).rows
  expect(newest).toMatchObject({ action: 'changed', subjectKind: 'retention', after: { standing: 30, 'sign-ins': 7 } })
})

test('the trail of changes is kept for a year at least', async () => {
  expect((await preview({ ...days, changes: 364 })).body).toMatchObject({
    errors: [{ path: 'days.changes', message: '365 to 3650 days.' }],
  })
})

test('who saves second is shown what stands', async () => {
  expect((await put({ days: retentionDefaults, version: 1, previewId: null })).status).toBe(200)
  expect((await put({ days: retentionDefaults, version: 1, previewId: null })).body).toMatchObject({
    ...{ status: 409, code: 'changed-meanwhile' },
  })
})
