import { companyDefaults } from '@sallyport/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../test/console.ts'

let console: TestConsole
let cookie: string
beforeAll(async () => {
  console = await startConsole()
  cookie = await console.signInAs('administrator')
})
beforeEach(() => {
  console.notices.length = 0
})
afterAll(() => console.close())

const save = (changes: object, as = cookie) =>
  console.call('PUT', '/api/company', { cookie: as, body: { ...companyDefaults, version: 1, ...changes } })

test('Company Settings begin with the defaults, are saved whole and in force, and are in the audit trail', async () => {
  const before = await console.call('GET', '/api/company', { cookie })
  expect(before.body).toMatchObject({ ...companyDefaults, version: 1, factorOff: 0 })
  const lockout = { failures: 3, withinMinutes: 5, forMinutes: 60 }
  const saved = await save({ lockout, methods: ['oath'] })
  expect(saved.body).toMatchObject({ lockout, methods: ['oath'], version: 2 })
  expect(console.notices).toEqual([{ topic: 'company' }])
  const changes = await console.call('GET', '/api/reports/changes', { cookie })
  expect((changes.body['rows'] as unknown[])[0]).toMatchObject({
    ...{ action: 'changed', subjectKind: 'company' },
    ...{ before: { lockout: companyDefaults.lockout, methods: companyDefaults.methods }, after: { lockout } },
  })
  expect((await save({ methods: ['push'] })).body).toMatchObject({ code: 'changed-meanwhile', current: { version: 2 } })
})

test.each([
  ['methods', { methods: [] }, /at least one/],
  ['methods', { methods: ['oath', 'oath'] }, /once/],
  ['lockout.failures', { lockout: { ...companyDefaults.lockout, failures: 0 } }, /1 to 100/],
  ['pin.minimumLength', { pin: { ...companyDefaults.pin, minimumLength: 3 } }, /4 to 12/],
  ['fraud.phoneCode', { fraud: { ...companyDefaults.fraud, phoneCode: '#' } }, /digits/],
  ['fraud.notify.0', { fraud: { ...companyDefaults.fraud, notify: ['nobody'] } }, /address/],
  ['language', { language: 'English' }, /language/],
  ['messages.en.textCode', { messages: { en: { textCode: 'Your code for <$application_name$>' } } }, /<\$otp\$>/],
  ['messages.en.textReply', { messages: { en: { textReply: 'Reply <$otp$>' } } }, /no code/],
  ['messages.en.emailCode', { messages: { en: { emailCode: '<$otp$> <$password$>' } } }, /Only/],
])('a wrong %s is said beside its field', async (path, changes, message) => {
  expect((await save({ ...changes, version: 2 })).body).toMatchObject({
    code: 'invalid-input',
    errors: [{ path, message: expect.stringMatching(message) as unknown }],
  })
})

test.each(['operator', 'auditor'] as const)('an %s reads them and changes none', async (role) => {
  const as = await console.signInAs(role)
  expect((await console.call('GET', '/api/company', { cookie: as })).status).toBe(200)
  expect((await save({ version: 2 }, as)).status).toBe(403)
})
