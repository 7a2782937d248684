/** `sallyport audit export` and `sallyport audit verify`. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { lastOfExport, openStore, verifyExport, type AuditVerdict } from '@sallyport/store'
import { onlyArgument, textOption, type Command } from '../command.ts'

export const auditExport: Command = {
  usage: 'audit export <file>',
  summary: 'Writes the whole trail of changes with its hashes, as the console’s export does.',
  help: 'Keep exports elsewhere: whoever can write the database can rewrite the trail from some entry on, hashes and all.',
  options: {},
  async run(given, { config, migrationsDir, terminal }) {
    const path = resolve(onlyArgument(given, 'the file that the trail goes to'))
    const store = await openStore({
      dataDir: config().dataDir,
      ...(migrationsDir === undefined ? {} : { migrationsDir }),
    })
    try {
      // 'wx': a file that is there stays.
      const file = await open(path, 'wx', 0o600)
      try {
        for await (const lines of store.audit.exported()) await file.writeFile(lines)
        await file.sync()
      } finally {
        await file.close()
      }
    } finally {
      await store.close()
    }
    terminal.print(path)
    return 0
  },
}

export const auditVerify: Command = {
  usage: 'audit verify <file> [--earlier <file>]',
  summary: 'Checks an export of the trail of changes, without the server that made it.',
  help: `Exits with 1 and names the first entry that does not hold. An export of which every hash was computed anew holds too:
with --earlier, an older export, it has to go on from that one. Where old entries were removed for their age, it says which, and an
earlier export that has them proves that they were the ones.`,
  options: { earlier: { type: 'string' } },
  async run(given, { terminal }) {
    const path = resolve(onlyArgument(given, 'the export'))
    const linesOf = (file: string) => createInterface({ input: createReadStream(file), crlfDelay: Infinity })
    const earlierPath = textOption(given, 'earlier')
    const earlier = earlierPath !== undefined ? await lastOfExport(linesOf(resolve(earlierPath))) : undefined
    if (earlier === null) {
      terminal.complain(
        'The earlier export does not hold by itself, or has no entries: nothing can be compared with it.',
      )
      return 1
    }
    const verdict = await verifyExport(linesOf(path), earlier)
    if (verdict.ok) {
      terminal.print(whole(verdict, earlier !== undefined))
      return 0
    }
    terminal.complain(wrong[verdict.problem](verdict.line))
    if (verdict.entry !== null) {
      const { sequence, at, administrator, action, subjectKind, subjectName } = verdict.entry
      terminal.complain(
        `It says: entry ${sequence}, ${at.toISOString()}, ${administrator}: ${action} ${subjectKind} ${subjectName ?? ''}`,
      )
    }
    return 1
  },
}

function whole(
  { entries, exportedAt, lastHash, begins, goesOn }: Extract<AuditVerdict, { ok: true }>,
  compared: boolean,
) {
  const lines = [`Whole: ${entries} entries, exported at ${exportedAt}.`, `Last hash: ${lastHash}`]
  if (begins !== null) {
    lines.push(
      `Entries up to ${begins.after} (${begins.upToAt}) were removed for their age at ${begins.removedAt.toISOString()}.`,
      `The last of them had the hash ${begins.hash}: an export that still has it has to say the same.`,
    )
  }
  if (goesOn !== null) lines.push('It goes on from the earlier export.')
  else if (compared) lines.push('All that the earlier export has was removed since: there was nothing to compare.')
  return lines.join('\n')
}

const wrong = {
  unexplained: () =>
    'The export begins later than the first entry, and no entry of it tells of a removal that was allowed: what came before was taken away.',
  'other-trail': (line: number) =>
    `Line ${line} is not what the earlier export says: one of the two was rewritten from some entry on.`,
  altered: (line: number) =>
    `Line ${line} is not what was written down, or not in its place: from here on nothing is proven.`,
  unreadable: (line: number) => `Line ${line} is no entry of an export of Sallyport.`,
  'cut-off': (line: number) => `The export ends before line ${line}: entries are missing at its end.`,
}
