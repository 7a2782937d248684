import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { accountingRecord } from '../../../test/accounting-record.ts'
import { actor, dataFolder, made, testStore } from '../../../test/data-folder.ts'
import type { AccountingRecord } from '../../engine-accounting-types.ts'
import type { JournalRecord } from '../../engine-record-types.ts'
import { openJournal, openMover } from '../../engine.ts'
import { dataPaths } from '../../paths.ts'
import type { SessionRow } from './session-row.ts'

const minute = 60_000
const hour = 60 * minute
const t0 = 1_700_000_000_000

type Row = SessionRow & { readonly sequence: number }

interface Site {
  readonly dataDir: string
  readonly rows: () => Row[]
  readonly tell: (...records: JournalRecord[]) => void
  /** Moves what there is, as of a time, for as long as the mover has been open. */
  readonly sweep: (openedAtMs: number, nowMs: number) => void
  readonly forget: () => void
}

async function site(): Promise<Site> {
  const dataDir = dataFolder()
  await testStore(dataDir)
  const database = new Database(dataPaths(dataDir).database)
  const journal = openJournal({ dataDir })
  // Long before any time of these tests, so that only `sweep` loses sessions.
  const mover = openMover({ dataDir, clock: () => 0 })
  onTestFinished(() => {
    mover.close()
    journal.close()
    database.close()
  })
  return {
    dataDir,
    rows: () => database.prepare<[], Row>('SELECT * FROM VpnSession ORDER BY sequence').all(),
    tell: (...records) => {
      // Each in a group of its own, so that none knows of the next.
      for (const record of records) journal.append([record])
      while (mover.move(1000) > 0);
    },
    sweep: (openedAtMs, nowMs) => {
      let now = openedAtMs
      const sweeper = openMover({ dataDir, clock: () => now })
      now = nowMs
      sweeper.move(1)
      sweeper.close()
    },
    forget: () => void database.exec('DELETE FROM VpnSession; DELETE FROM VpnDeviceRestart'),
  }
}

const told = (fields: Partial<AccountingRecord>): JournalRecord => ({
  kind: 'accounting',
  record: accountingRecord(fields),
})
const restarted = (atMs: number, device: object = {}): JournalRecord => ({
  kind: 'device-restarted',
  restart: {
    ...{ clientId: 'client', nasIdentifier: 'gateway', nasAddress: '192.0.2.10', deviceAddress: '192.0.2.10' },
    ...device,
    atMs,
  },
})

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length <= 1) return [[...of]]
  return of.flatMap((first, at) => permutations(of.filter((_, index) => index !== at)).map((rest) => [first, ...rest]))
}

/** What a row says of its session, without what depends on who came first: its id, and the measured interval. */
function facts(row: Row) {
  return { ...row, id: null, sequence: null, intervalMs: null }
}

const start = told({ status: 'start', atMs: t0, callingStation: '198.51.100.7', nasPort: '7' })
const first = told({
  ...{ atMs: t0 + hour, seconds: 3600, inputOctets: 5e9, outputOctets: 10, assignedIpv4: '10.8.0.7' },
  username: '',
})
const second = told({ atMs: t0 + 2 * hour, seconds: 7200, inputOctets: 6e9, callingStation: '203.0.113.9' })
const stop = told({
  ...{ status: 'stop', atMs: t0 + 3 * hour, seconds: 10_800, inputOctets: 7e9, outputOctets: 20 },
  cause: 'user-request',
})

describe('the records of a session', () => {
  it('lead to one row, whatever their order and however often each comes', async () => {
    const { rows, tell, forget } = await site()
    const sent = [start, first, second, stop]
    tell(...sent)
    const [expected] = rows().map(facts)
    expect(expected).toMatchObject({
      ...{ state: 'ended', startedAt: t0, startSeen: 1, endedAt: t0 + 3 * hour, cause: 'user-request' },
      ...{ username: 'Alice', usernameKey: 'alice', assignedIpv4: '10.8.0.7', callingStation: '203.0.113.9' },
      ...{ seconds: 10_800, inputOctets: 7e9, outputOctets: 20, nasPort: '7', generation: 1 },
    })
    for (const order of permutations(sent)) {
      for (const repeated of [[], [start], [second], [stop], [...order].reverse()]) {
        forget()
        tell(...order, ...repeated)
        expect(rows().map(facts)).toEqual([expected])
      }
    }
  })

  it('lead to the same row also when the device restarts after them, or in between', async () => {
    const { rows, tell, forget } = await site()
    for (const restart of [restarted(t0 + 90 * minute), restarted(t0 + 4 * hour)]) {
      for (const sent of [
        [start, first],
        [start, first, second],
        [first, second, stop],
      ]) {
        forget()
        tell(...sent, restart)
        const expected = rows().map(facts)
        for (const order of permutations([...sent, restart])) {
          forget()
          tell(...order)
          expect(rows().map(facts)).toEqual(expected)
        }
      }
    }
  })

  it('need no Start: the session began as long ago as it says', async () => {
    const { rows, tell } = await site()
    tell(told({ atMs: t0 + hour, seconds: 3600 }))
    expect(rows()).toEqual([expect.objectContaining({ state: 'active', startedAt: t0, startSeen: 0 })])
    tell(told({ status: 'stop', sessionId: 'S2', atMs: t0 + hour, seconds: 600 }))
    expect(rows()[1]).toMatchObject({ state: 'ended', startedAt: t0 + 50 * minute, endedAt: t0 + hour, cause: null })
  })

  it('name the user’s own row where one of them does', async () => {
    const { rows, tell } = await site()
    tell(told({ username: '' }), told({ username: 'CORP\\alice', userId: 'u1', userName: 'alice' }))
    tell(told({ username: 'alice', userId: 'u1', userName: 'alice' }))
    expect(rows()).toEqual([expect.objectContaining({ userId: 'u1', matchedName: 'alice' })])
  })
})

describe('a session id that a device uses again', () => {
  it('is another session after the first has ended', async () => {
    const { rows, tell } = await site()
    tell(start, stop, told({ status: 'start', atMs: t0 + 5 * hour }), told({ atMs: t0 + 6 * hour, seconds: 3600 }))
    // A repetition of the first one's Stop is still the first one's.
    tell(told({ status: 'stop', atMs: t0 + 3 * hour + minute, seconds: 10_800, cause: 'user-request' }))
    expect(rows().map(({ state, startedAt, endedAt, seconds }) => [state, startedAt, endedAt, seconds])).toEqual([
      ['ended', t0, t0 + 3 * hour, 10_800],
      ['active', t0 + 5 * hour, null, 3600],
    ])
  })

  it('is another session, and the first one lost, when a second Start says so', async () => {
    const { rows, tell } = await site()
    tell(start, told({ status: 'start', atMs: t0 + hour }))
    expect(rows().map(({ state, startedAt }) => [state, startedAt])).toEqual([
      ['lost', t0],
      ['active', t0 + hour],
    ])
  })

  it('is another session for another user, and on another device', async () => {
    const { rows, tell } = await site()
    tell(start, told({ status: 'start', atMs: t0, username: 'bob' }), told({ atMs: t0, nasIdentifier: 'other' }))
    tell(told({ status: 'stop', atMs: t0 + minute, username: 'bob' }))
    expect(rows().map(({ username, nasIdentifier, state }) => [username, nasIdentifier, state])).toEqual([
      ['Alice', 'gateway', 'lost'],
      ['bob', 'gateway', 'ended'],
      ['Alice', 'other', 'active'],
    ])
  })
})

describe('a device that restarts', () => {
  it('ends its own open sessions and no other device’s', async () => {
    const { rows, tell } = await site()
    tell(
      told({ sessionId: 'a' }),
      told({ sessionId: 'b', nasIdentifier: 'neighbour', nasAddress: null }),
      told({ sessionId: 'c', nasIdentifier: null }),
      told({ sessionId: 'd', nasIdentifier: null, nasAddress: null, deviceAddress: '192.0.2.11' }),
      told({ sessionId: 'e', clientId: 'other client' }),
      told({ sessionId: 'f', status: 'stop', cause: 'idle-timeout' }),
    )
    tell(restarted(t0 + minute))
    expect(rows().map(({ sessionId, state, cause }) => [sessionId, state, cause])).toEqual([
      ['a', 'ended', 'device-restarted'],
      ['b', 'active', null],
      ['c', 'ended', 'device-restarted'],
      ['d', 'active', null],
      ['e', 'active', null],
      ['f', 'ended', 'idle-timeout'],
    ])
  })

  it('has ended nothing that is heard of afterwards', async () => {
    const { rows, tell } = await site()
    tell(start, restarted(t0 + minute), told({ atMs: t0 + 2 * minute, seconds: 120 }))
    expect(rows()).toEqual([expect.objectContaining({ state: 'active', endedAt: null, cause: null })])
  })
})

describe('a session that is silent', () => {
  const every = (minutes: number, times: number) =>
    Array.from({ length: times }, (_, index) => told({ atMs: t0 + index * minutes * minute }))

  it('is lost after three of its intervals, and back with its next word', async () => {
    const { rows, tell, sweep } = await site()
    tell(...every(10, 3))
    const last = t0 + 20 * minute
    sweep(0, last + 29 * minute)
    expect(rows()[0]?.state).toBe('active')
    sweep(0, last + 30 * minute)
    expect(rows()[0]).toMatchObject({ state: 'lost', endedAt: null })
    tell(told({ atMs: last }))
    expect(rows()[0]?.state).toBe('lost')
    tell(told({ atMs: last + 40 * minute }))
    expect(rows()[0]?.state).toBe('active')
  })

  it('is given its intervals anew when it was this server that was away', async () => {
    const { rows, tell, sweep } = await site()
    tell(...every(10, 3))
    const backAt = t0 + 5 * hour
    sweep(backAt, backAt + 29 * minute)
    expect(rows()[0]?.state).toBe('active')
    sweep(backAt, backAt + 30 * minute)
    expect(rows()[0]?.state).toBe('lost')
  })

  it('and never sent updates is lost after the hours of the settings', async () => {
    const here = await site()
    const store = await testStore(here.dataDir)
    here.tell(start)
    here.sweep(0, t0 + 24 * hour - 1)
    expect(here.rows()[0]?.state).toBe('active')
    const settings = await store.settings.radius()
    made(await store.settings.changeRadius({ ...settings, accountingSilenceHours: 2 }, actor))
    here.sweep(0, t0 + 2 * hour)
    expect(here.rows()[0]?.state).toBe('lost')
  })

  it('takes the interval that the device names', async () => {
    const { rows, tell, sweep } = await site()
    tell(told({ interimSeconds: 120 }))
    sweep(0, t0 + 5 * minute)
    expect(rows()[0]?.state).toBe('active')
    sweep(0, t0 + 6 * minute)
    expect(rows()[0]?.state).toBe('lost')
  })
})
