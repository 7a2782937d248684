import { describe, expect, it } from 'vitest'
import { actor, made, testStore, userFields } from '../../test/data-folder.ts'
import { verifyExport } from './export.ts'

async function exported(entries: number): Promise<string[]> {
  const store = await testStore()
  for (let number = 1; number <= entries; number++) made(await store.users.create(userFields(`user${number}`), actor))
  const pieces: string[] = []
  for await (const piece of store.audit.exported()) pieces.push(piece)
  return pieces.join('').split('\n').slice(0, -1)
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line)
}

describe('an export of the audit trail', () => {
  it('holds, also when it is empty', async () => {
    const lines = await exported(5)
    const last = (JSON.parse(lines[4] ?? '') as { hash: string }).hash
    expect(await verifyExport(each(lines))).toMatchObject({ ok: true, entries: 5, lastHash: last })
    expect(await verifyExport(each(await exported(0)))).toMatchObject({ ok: true, entries: 0 })
  })

  it('names the old entry that was edited', async () => {
    const lines = await exported(5)
    const edited = lines.with(2, (lines[2] ?? '').replace('user3', 'user9'))
    expect(await verifyExport(each(edited))).toMatchObject({
      ok: false,
      problem: 'altered',
      line: 3,
      entry: { sequence: 3, administrator: actor.name, action: 'created', subjectName: 'user9' },
    })
  })

  it.each([
    ['a line that is gone', (lines: string[]) => lines.toSpliced(1, 1), 'altered', 2],
    ['a line that came twice', (lines: string[]) => lines.toSpliced(1, 0, lines[1] ?? ''), 'altered', 3],
    [
      'two lines that changed places',
      (lines: string[]) => [1, 0, 2, 3, 4, 5].map((at) => lines[at] ?? ''),
      'altered',
      1,
    ],
    ['an entry cut off at the end', (lines: string[]) => lines.toSpliced(4, 1), 'cut-off', 5],
    ['the end that is missing', (lines: string[]) => lines.slice(0, -1), 'cut-off', 6],
    ['a line that is no entry', (lines: string[]) => lines.with(3, '{"sequence":4'), 'unreadable', 4],
    ['nothing at all', () => [], 'cut-off', 1],
  ])('shows %s', async (_, damage, problem, line) => {
    expect(await verifyExport(each(damage(await exported(5))))).toMatchObject({ ok: false, problem, line })
  })
})
