/** Keeps what happened at sign-ins for those that it is to be sent to, in the transaction that moves it into the tables. */
import type { Database } from 'better-sqlite3'
import type { FoldedRecords } from './fold-records.ts'

interface Wanted {
  readonly signIns: 0 | 1 | null
  readonly questions: 0 | 1 | null
  readonly accounting: 0 | 1 | null
}

/** Writes nothing while nobody wants it. */
export function prepareLogEvents(database: Database): (records: Pick<FoldedRecords, 'signIns' | 'accounting'>) => void {
  const wantedNow = database.prepare<[], Wanted>(
    `SELECT max(signIns) AS signIns, max(questions) AS questions, max(accounting) AS accounting
     FROM LogReceiver WHERE enabled = 1`,
  )
  const add = database.prepare<[string, string]>('INSERT INTO LogEvent (kind, body) VALUES (?, ?)')
  return ({ signIns, accounting }) => {
    if (signIns.size === 0 && accounting.length === 0) return
    const wanted = wantedNow.get()
    if (wanted?.signIns === 1 || wanted?.questions === 1) {
      // The trace stays here: it is long, and says what only this server's administrators are to read.
      for (const signIn of signIns.values()) {
        const kind = signIn.result === 'challenged' ? 'question' : 'sign-in'
        if (kind === 'question' ? wanted.questions : wanted.signIns) {
          add.run(kind, JSON.stringify({ ...signIn, roundJson: undefined, roundNumber: undefined }))
        }
      }
    }
    if (wanted?.accounting === 1) {
      for (const record of accounting) add.run('accounting', JSON.stringify(record))
    }
  }
}
