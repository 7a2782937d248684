import { randomUUID } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { actor, dataFolder, made, testStore, userFields } from '../../test/data-folder.ts'
import { signInRecord } from '../../test/sign-in-record.ts'
import { openEngineReader, openJournal, openMover, type FraudReportFacts, type JournalRecord } from '../engine.ts'

async function site() {
  const dataDir = dataFolder()
  const store = await testStore(dataDir)
  const user = made(await store.users.create(userFields('alice'), actor))
  const reader = openEngineReader({ dataDir })
  onTestFinished(() => reader.close())
  /** The process dies after the group is on disk; the next one moves what the journal holds before it serves anybody. */
  const dieAndMove = (...records: JournalRecord[]) => {
    const journal = openJournal({ dataDir })
    journal.append(records)
    journal.close()
    const mover = openMover({ dataDir })
    mover.move(1000)
    mover.close()
  }
  return { store, user, reader, dieAndMove }
}

it('a bypass whose sign-in is on disk is used up for whoever reads next, in the report as in the engine', async () => {
  const { store, user, reader, dieAndMove } = await site()
  made(await store.people.giveBypass(user.id, { reason: 'new phone', seconds: 300 }, actor))
  const [bypass] = reader.user(user.id)?.bypasses ?? []
  const signIn = signInRecord({ userId: user.id, result: 'accepted', reason: 'password-and-bypass' })
  dieAndMove(
    { kind: 'bypass-used', bypassId: bypass?.id ?? '', signInId: signIn.id, atMs: Date.now() },
    { kind: 'sign-in', signIn },
  )
  expect(reader.user(user.id)?.bypasses).toEqual([])
  expect((await store.people.bypasses({ limit: 10 })).rows).toMatchObject([{ state: 'used', signInId: signIn.id }])
  // A second sign-in with the same one, from a group that somebody wrote twice, changes nothing.
  dieAndMove({ kind: 'bypass-used', bypassId: bypass?.id ?? '', signInId: 'another', atMs: Date.now() })
  expect((await store.people.bypasses({ limit: 10 })).rows).toMatchObject([{ signInId: signIn.id }])
})

it('what is remembered of a user is there after a restart, and gone once they are blocked, also where the block came in between', async () => {
  const { store, user, reader, dieAndMove } = await site()
  const atMs = Date.now()
  const remember = (key: string): JournalRecord => ({
    kind: 'factor-remembered',
    pass: { key, userId: user.id, expiresAtMs: atMs + 600_000 },
    atMs,
  })
  dieAndMove(remember('one'))
  expect(reader.factorPasses(atMs)).toMatchObject([{ key: 'one', userId: user.id }])
  made(await store.people.block(user.id, { reason: 'left', until: null }, actor))
  expect(reader.factorPasses(atMs)).toEqual([])
  dieAndMove(remember('two'))
  expect(reader.factorPasses(atMs)).toEqual([])
})

it('a fraud report is kept and blocks its user; of one who was removed meanwhile the report stays', async () => {
  const { store, user, reader, dieAndMove } = await site()
  const report = (userId: string): FraudReportFacts => ({
    ...{ id: randomUUID(), atMs: Date.now(), userId, username: 'alice', signInId: 's-1', via: 'app' },
    ...{ applicationName: 'VPN', callingStation: null, blockId: randomUUID() },
  })
  dieAndMove({ kind: 'fraud-reported', report: report(user.id) })
  expect(reader.user(user.id)?.block).toMatchObject({ untilMs: null })
  dieAndMove({ kind: 'fraud-reported', report: report(randomUUID()) })
  const { rows } = await store.people.fraudReports({ limit: 10, state: 'open' })
  expect(rows.map(({ user: { exists } }) => exists).sort()).toEqual([false, true])
  made(await store.people.handleFraudReport(rows[0]?.id ?? '', 'password changed', actor))
  expect(await store.people.openFraudReports()).toBe(1)
})

it('a mark of a password is short, the same for the same, and another for another user', async () => {
  const { reader } = await site()
  const mark = reader.passwordMark('u-1', 'four plain words')
  expect(mark).toMatch(/^[0-9a-f]{4}$/)
  expect(reader.passwordMark('u-1', 'four plain words')).toBe(mark)
  const others = Array.from({ length: 20 }, (_, index) => reader.passwordMark(`u-${index + 2}`, 'four plain words'))
  expect(new Set(others).size).toBeGreaterThan(15)
})
