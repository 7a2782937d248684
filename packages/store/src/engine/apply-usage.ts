/** Adds folded counts of usage to their tables. Runs inside the mover's transaction. */
import type { Database } from 'better-sqlite3'
import type { FoldedUsage } from './fold-usage.ts'

const dayMs = 86_400_000

export function prepareUsage(database: Database): (usage: FoldedUsage) => void {
  const columns = 'clientId, factor, result, reason, count'
  const values = '$clientId, $factor, $result, $reason, $count'
  const adding = 'DO UPDATE SET count = count + excluded.count'
  const addQuarter = database.prepare<[object]>(
    `INSERT INTO UsageQuarter (quarter, ${columns}) VALUES ($startMs, ${values})
     ON CONFLICT (quarter, clientId, factor, result, reason) ${adding}`,
  )
  const addDay = database.prepare<[object]>(
    `INSERT INTO UsageDay (day, ${columns}) VALUES ($startMs - $startMs % ${dayMs}, ${values})
     ON CONFLICT (day, clientId, factor, result, reason) ${adding}`,
  )
  const addUserDay = database.prepare<[object]>(
    `INSERT INTO UsageUserDay (userId, day, ${columns}) VALUES ($userId, $startMs, ${values})
     ON CONFLICT (userId, day, clientId, factor, result, reason) ${adding}`,
  )
  return ({ quarters, userDays }) => {
    for (const counted of quarters.values()) {
      addQuarter.run(counted)
      addDay.run(counted)
    }
    for (const counted of userDays.values()) addUserDay.run(counted)
  }
}
