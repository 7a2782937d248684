/** `sallyport audit export` and `sallyport audit verify`. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { openStore, verifyExport } from '@sallyport/store'
import { onlyArgument, type Command } from '../command.ts'

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
  usage: 'audit verify <file>',
  summary: 'Checks an export of the trail of changes, without the server that made it.',
  help: `Exits with 1 and names the first entry that does not hold. An export of which every hash was computed anew holds too:
compare the last hash with that of an older export, where the same entry has to have the same.`,
  options: {},
  async run(given, { terminal }) {
    const path = resolve(onlyArgument(given, 'the export'))
    const verdict = await verifyExport(createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    if (verdict.ok) {
      terminal.print(
        `Whole: ${verdict.entries} entries, exported at ${verdict.exportedAt}.\nLast hash: ${verdict.lastHash}`,
      )
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

const wrong = {
  altered: (line: number) =>
    `Line ${line} is not what was written down, or not in its place: from here on nothing is proven.`,
  unreadable: (line: number) => `Line ${line} is no entry of an export of Sallyport.`,
  'cut-off': (line: number) => `The export ends before line ${line}: entries are missing at its end.`,
}
