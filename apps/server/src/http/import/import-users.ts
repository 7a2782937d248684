/** Adds users from CSV: all of them or none, or, for a dry run, says what would happen. */
import type { ImportUsersInput, ImportUsersResult } from '@sallyport/contract'
import type { Actor, UserRepository } from '@sallyport/store'
import { readUserRows, type ImportProblem, type UserRow } from './user-rows.ts'

/** What the answer lists at most; the rest is counted in one last line. */
const listedProblems = 500

export async function importUsers(
  users: Pick<UserRepository, 'taken' | 'createMany'>,
  { csv, dryRun }: ImportUsersInput,
  actor: Actor,
): Promise<{ readonly result: ImportUsersResult; readonly ids: readonly string[] }> {
  const { rows, problems: rowProblems } = await readUserRows(csv)
  const problems = [...rowProblems, ...findDuplicates(rows)].sort((one, other) => one.line - other.line)
  const taken = await users.taken(rows.map(({ fields }) => fields.username))
  const fresh = rows.flatMap(({ fields }) => (taken.has(fields.username) ? [] : [fields]))
  const counted = { added: fresh.length, alreadyThere: rows.length - fresh.length, problems: listed(problems) }
  if (problems.length > 0) return { result: { ...counted, added: 0, applied: false }, ids: [] }
  if (dryRun) return { result: { ...counted, applied: false }, ids: [] }
  const { ids, skipped } = await users.createMany(fresh, actor)
  return {
    result: {
      ...counted,
      added: ids.length,
      alreadyThere: counted.alreadyThere + skipped,
      applied: true,
    },
    ids,
  }
}

function findDuplicates(rows: readonly UserRow[]): readonly ImportProblem[] {
  const firstLines = new Map<string, number>()
  return rows.flatMap(({ line, key, fields }) => {
    const first = firstLines.get(key)
    if (first === undefined) {
      firstLines.set(key, line)
      return []
    }
    return [{ line, column: 'username', message: `“${fields.username}” is in line ${first} already.` }]
  })
}

function listed(problems: readonly ImportProblem[]): ImportProblem[] {
  const more = problems.length - listedProblems
  if (more <= 0) return [...problems]
  const last = problems[listedProblems]?.line ?? 1
  return [...problems.slice(0, listedProblems), { line: last, column: null, message: `And ${more} more from here on.` }]
}
