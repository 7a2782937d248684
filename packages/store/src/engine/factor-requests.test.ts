/** Requests to people on their way through journal, mover and reader. */
import { describe, expect, it } from 'vitest'
import { openJournal } from './journal.ts'
import { openMover } from './mover.ts'
import { openEngineReader } from './reader.ts'
import { dataFolder, testStore } from '../../test/data-folder.ts'

describe('requests to people', () => {
  it('stand as they were written last, and go once they have expired', async () => {
    const dataDir = dataFolder()
    await (await testStore(dataDir)).close()
    const journal = openJournal({ dataDir })
    let now = 1_000
    const mover = openMover({ dataDir, clock: () => now })
    const request = { id: 'r-1', userId: 'nobody', expiresAtMs: 5_000, body: '{"n":1}' }
    journal.append([{ kind: 'factor-request', request }])
    journal.append([{ kind: 'factor-request', request: { ...request, body: '{"n":2}' } }])
    mover.move(10)
    const reader = openEngineReader({ dataDir })
    expect(reader.factorRequests(now)).toEqual([{ ...request, body: '{"n":2}' }])
    expect(reader.factorRequests(5_000)).toEqual([])
    now = 100_000
    mover.move(10)
    expect(reader.factorRequests(0)).toEqual([])
    for (const each of [journal, mover, reader]) each.close()
  })

  it('have a code that opens for themselves alone, and a key that is the same after a restart', async () => {
    const dataDir = dataFolder()
    await (await testStore(dataDir)).close()
    const reader = openEngineReader({ dataDir })
    const sealed = reader.sealFactorCode('r-1', '123456')
    const key = reader.joiningKey()
    reader.close()
    const again = openEngineReader({ dataDir })
    expect(again.unsealFactorCode('r-1', sealed)).toBe('123456')
    expect(() => again.unsealFactorCode('r-2', sealed)).toThrow('cannot be opened')
    expect(again.joiningKey()).toEqual(key)
    expect(sealed).not.toContain('123456')
    again.close()
  })
})
