import { describe, expect, it, onTestFinished } from 'vitest'
import { actor, dataFolder, made, testStore, userFields } from '../../test/data-folder.ts'
import { signInRecord } from '../../test/sign-in-record.ts'
import { openJournal, openMover, type JournalRecord } from '../engine.ts'
import type { LogReceiverFields } from '../log-receiver-types.ts'
import { openLogRoom } from './open-log-room.ts'

const fields = (changes: Partial<LogReceiverFields> = {}): LogReceiverFields => ({
  ...{ name: 'SIEM', enabled: true, signIns: true, questions: false, changes: false, accounting: false },
  configuration: { transport: 'tcp', host: 'siem.test', port: 514, format: 'json', facility: 'authpriv' },
  ...changes,
})

async function site(limit?: number) {
  const dataDir = dataFolder()
  const store = await testStore(dataDir)
  const room = openLogRoom({ dataDir, ...(limit === undefined ? {} : { limit }) })
  onTestFinished(() => room.close())
  const happen = (...records: JournalRecord[]) => {
    const journal = openJournal({ dataDir })
    journal.append(records)
    journal.close()
    const mover = openMover({ dataDir })
    expect(mover.move(1000)).toBe(0)
    mover.close()
  }
  const signIn = (id: string, result: 'accepted' | 'challenged' = 'accepted', roundNumber = 1): JournalRecord => ({
    kind: 'sign-in',
    signIn: signInRecord({ id, result, roundNumber, roundJson: '{"secret":"trace"}' }),
  })
  const open = (id: string) => {
    const receiver = room.receiver(id)
    if (receiver === undefined) throw new Error('gone')
    return receiver
  }
  const start = { events: 0, changes: 0 }
  const ids = (id: string, limit = 100) => room.next(open(id), room.position(id) ?? start, limit).items
  return { store, room, happen, signIn, open, ids }
}

describe('what is to be sent', () => {
  it('is kept only while somebody wants it, without the trace', async () => {
    const { store, room, happen, signIn, ids } = await site()
    happen(signIn('before'))
    const { id } = made(await store.logReceivers.create(fields(), actor))
    happen(signIn('one', 'challenged'))
    happen(signIn('one', 'accepted', 2), signIn('two'))
    expect(ids(id).map(({ body }) => body['id'])).toEqual(['one', 'two'])
    expect(JSON.stringify(ids(id))).not.toContain('trace')
    expect(room.progress(room.receivers()[0] as never)).toMatchObject({ waiting: 2, sent: 0, lost: 0 })
  })

  it('is questions and changes too where a receiver wants them, its own making first', async () => {
    const { store, happen, signIn, ids } = await site()
    made(await store.users.create(userFields('early'), actor))
    const { id } = made(await store.logReceivers.create(fields({ questions: true, changes: true }), actor))
    made(await store.users.create(userFields('late'), actor))
    happen(signIn('one', 'challenged'))
    expect(ids(id).map(({ kind, body }) => [kind, body['id'] ?? body['subjectName']])).toEqual([
      ['question', 'one'],
      ['change', 'SIEM'],
      ['change', 'late'],
    ])
  })

  it('goes on behind what was taken, and is forgotten once all have taken it', async () => {
    const { store, room, happen, signIn, open, ids } = await site()
    const [fast, slow] = [
      made(await store.logReceivers.create(fields(), actor)).id,
      made(await store.logReceivers.create(fields({ name: 'Slow' }), actor)).id,
    ]
    happen(signIn('one'), signIn('two'), signIn('three'))
    const take = (id: string, many: number) => {
      const { items, position } = room.next(open(id), room.position(id) ?? { events: 0, changes: 0 }, many)
      room.confirm(id, position, items.length, 1_700_000_000_000)
    }
    take(fast, 2)
    expect(ids(fast).map(({ body }) => body['id'])).toEqual(['three'])
    expect(room.prune()).toBe(false)
    expect(ids(slow)).toHaveLength(3)
    take(slow, 1)
    room.prune()
    expect(room.progress(open(slow))).toMatchObject({ waiting: 2, sent: 1, lost: 0, lastSentAtMs: 1_700_000_000_000 })
    expect(ids(slow).map(({ body }) => body['id'])).toEqual(['two', 'three'])
  })

  it('is given up from the oldest where too much waits, and counted', async () => {
    const { store, room, happen, signIn, open, ids } = await site(3)
    const { id } = made(await store.logReceivers.create(fields(), actor))
    happen(...['one', 'two', 'three', 'four', 'five'].map((each) => signIn(each)))
    room.prune()
    expect(ids(id).map(({ body }) => body['id'])).toEqual(['three', 'four', 'five'])
    expect(room.progress(open(id))).toMatchObject({ waiting: 3, lost: 2 })
  })

  it('of the time when a receiver was disabled is not sent, and holds nothing up', async () => {
    const { store, room, happen, signIn, ids } = await site()
    const { id } = made(await store.logReceivers.create(fields(), actor))
    const off = { ...fields({ enabled: false }), version: 1, keeps: [] }
    made(await store.logReceivers.change(id, off, actor))
    expect(room.receivers()).toEqual([])
    happen(signIn('meanwhile'))
    made(await store.logReceivers.change(id, { ...off, enabled: true, version: 2 }, actor))
    happen(signIn('after'))
    expect(ids(id).map(({ body }) => body['id'])).toEqual(['after'])
  })
})

describe('a receiver’s secrets', () => {
  it('are sealed, open for the thread that sends alone, and kept only where it is said', async () => {
    const { store, room } = await site()
    const input = { ...fields(), headerValue: 'Bearer abc' }
    const { id, ...record } = made(await store.logReceivers.create(input, actor))
    expect(record).toMatchObject({ hasHeaderValue: true, hasPrivateKey: false })
    expect(JSON.stringify(record)).not.toContain('abc')
    expect(JSON.stringify((await store.audit.list({ limit: 10 })).rows)).not.toContain('abc')
    expect(room.receiver(id)?.headerValue).toBe('Bearer abc')
    made(await store.logReceivers.change(id, { ...fields(), version: 1, keeps: ['headerValue'] }, actor))
    expect(room.receiver(id)?.headerValue).toBe('Bearer abc')
    made(await store.logReceivers.change(id, { ...fields(), version: 2, keeps: [] }, actor))
    expect(room.receiver(id)?.headerValue).toBeUndefined()
  })
})
