/** Measures what a sign-in's durability costs: groups a second into the journal, and records a second out of it. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJournal, openMover, type JournalRecord } from '../src/engine.ts'
import { openStore } from '../src/index.ts'
import { dataPaths } from '../src/paths.ts'
import { signInRecord } from '../test/sign-in-record.ts'
import { fillSignIns, numberedPeople } from './fill.ts'

const secondsEach = 2
const rowsInTable = 1_000_000
const dataDir = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))
const roundJson = JSON.stringify({ stages: 'x'.repeat(900) })

/** What one sign-in with a code leaves behind. */
function signInRecords(): JournalRecord[] {
  const atMs = Date.now()
  return [
    {
      kind: 'sign-in',
      signIn: signInRecord({ id: randomUUID(), atMs, roundAtMs: atMs, roundJson, userId: randomUUID() }),
    },
    { kind: 'oath-used', tokenId: randomUUID(), step: Math.floor(atMs / 30_000), atMs },
  ]
}

function appendFor(seconds: number, signInsPerGroup: number): void {
  const journal = openJournal({ dataDir })
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const group = Array.from({ length: signInsPerGroup }, signInRecords).flat()
    const start = performance.now()
    journal.append(group)
    times.push(performance.now() - start)
  }
  journal.close()
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2)
  const groups = times.length / seconds
  console.log(
    `append  ${String(signInsPerGroup).padStart(4)} sign-ins a group: ${groups.toFixed(0)} groups/s, ` +
      `${(groups * signInsPerGroup).toFixed(0)} sign-ins/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  )
}

/** Moves everything; the longest call says for how long an append on the same thread could have waited. */
function moveAll(signInsPerGroup: number, label: string): void {
  const mover = openMover({ dataDir })
  const start = performance.now()
  let groups = 0
  let longest = 0
  for (let left = Infinity; left > 0;) {
    const before = performance.now()
    left = mover.move(20)
    groups += 20
    longest = Math.max(longest, performance.now() - before)
  }
  mover.close()
  const seconds = (performance.now() - start) / 1000
  console.log(
    `move    ${label}: ${(groups / seconds).toFixed(0)} groups/s, ${((groups * signInsPerGroup) / seconds).toFixed(0)} sign-ins/s, longest call ${longest.toFixed(1)} ms`,
  )
}

try {
  await (await openStore({ dataDir })).close()
  for (const size of [1, 10, 100]) {
    appendFor(secondsEach, size)
    moveAll(size, `of ${size}, the table small`)
  }
  const start = performance.now()
  fillSignIns(dataPaths(dataDir).database, { rows: rowsInTable, days: 100, people: numberedPeople(20_000) })
  console.log(`(filled the table with ${rowsInTable} sign-ins in ${((performance.now() - start) / 1000).toFixed(0)} s)`)
  for (const size of [1, 10, 100]) {
    appendFor(secondsEach, size)
    moveAll(size, `of ${size}, ${rowsInTable} rows in the table`)
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
