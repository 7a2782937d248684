import { decodeRecords, type JournalRecord } from '@sallyport/store/engine'
import { describe, expect, test } from 'vitest'

import { DurableLog, type AppendRequest } from './durable-log.ts'

const record = (state: string): JournalRecord => ({ kind: 'challenge-closed', state })

const groups = (sent: readonly AppendRequest[]) => sent.map(({ body }) => decodeRecords(body))

function logWithWriter() {
  const sent: AppendRequest[] = []
  const log = new DurableLog((request) => sent.push(request))
  return { log, sent }
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending')
  const first = await Promise.race([promise.catch(() => 'rejected'), Promise.resolve(pending)])
  return first !== pending
}

describe('the engine’s end of the log', () => {
  test('nobody goes on before the writer says that their group is durable', async () => {
    const { log } = logWithWriter()
    const waiting = log.append([record('a')])
    expect(await isSettled(waiting)).toBe(false)
    log.receive({ kind: 'durable' })
    await expect(waiting).resolves.toBeUndefined()
  })

  test('what gathers while a group is written goes out together as the next group', async () => {
    const { log, sent } = logWithWriter()
    const first = log.append([record('a')])
    const second = log.append([record('b')])
    const third = log.append([record('c'), record('d')])
    expect(groups(sent)).toEqual([[record('a')]])
    log.receive({ kind: 'durable' })
    await first
    expect(await isSettled(second)).toBe(false)
    expect(groups(sent)[1]).toEqual([record('b'), record('c'), record('d')])
    log.receive({ kind: 'durable' })
    await Promise.all([second, third])
  })

  test('a group that could not be written fails for those who wait for it, and only for them', async () => {
    const { log } = logWithWriter()
    const first = log.append([record('a')])
    const second = log.append([record('b')])
    log.receive({ kind: 'failed', message: 'no space left' })
    await expect(first).rejects.toThrow('no space left')
    expect(log.writable).toBe(false)
    log.receive({ kind: 'durable' })
    await expect(second).resolves.toBeUndefined()
    expect(log.writable).toBe(true)
  })
})
