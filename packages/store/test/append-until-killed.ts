/** A process to be killed: appends sign-ins with accounting, says each one's id once it is written, and moves them now and then. */
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { openJournal, openMover } from '../src/engine.ts'
import { accountingRecord, accountingToForward } from './accounting-record.ts'
import { signInRecord } from './sign-in-record.ts'

const attributesOf = (text: string) => Buffer.from(text).toString('base64')
const most = 100_000
const dataDir = process.argv[2] ?? ''
const journal = openJournal({ dataDir })
const mover = openMover({ dataDir })
for (let number = 1; number <= most; number++) {
  const signIn = signInRecord({ id: randomUUID(), roundJson: '{}', userName: 'x'.repeat(number % 3000) })
  const accounting = accountingRecord({ status: number % 2 === 0 ? 'stop' : 'start', sessionId: signIn.id })
  journal.append([
    { kind: 'sign-in', signIn },
    { kind: 'accounting', record: accounting },
    {
      kind: 'accounting-to-forward',
      forward: accountingToForward({ heardAtMs: number, attributes: attributesOf(signIn.id) }),
    },
  ])
  writeSync(1, `${signIn.id}\n`)
  if (number % 7 === 0) {
    mover.move(5)
    journal.forget(mover.movedUpTo())
  }
}
