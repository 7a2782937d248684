/** `sallyport backup` and `sallyport restore`. */
import { resolve } from 'node:path'
import { createBackup, openStore, restoreBackup, type BackupContents } from '@sallyport/store'
import { onlyArgument, UsageError, type Command, type CommandContext, type Given } from '../command.ts'
import { passphraseOf, passphraseOption } from '../passphrase.ts'

export const backup: Command = {
  usage: 'backup <file> [--passphrase-file <file> | --without-key]',
  summary: 'Writes everything into one file, while the server runs, and reads it through.',
  help: `The key that opens the secrets in it goes along under a passphrase of at least 12 characters, from the file or typed;
with --without-key it stays behind, and the key file has to be kept elsewhere.`,
  options: { ...passphraseOption, 'without-key': { type: 'boolean' } },
  async run(given, context) {
    const path = resolve(onlyArgument(given, 'the file that the backup goes to'))
    const withoutKey = given.values['without-key'] === true
    if (withoutKey && given.values['passphrase-file'] !== undefined) {
      throw new UsageError('Either --passphrase-file or --without-key.')
    }
    const passphrase = withoutKey ? null : await passphraseOf(given, context, true)
    const { dataDir } = context.config()
    const { bytes, contents } = createBackup({ dataDir, path, passphrase, ...context })
    context.terminal.print(`${path}: ${(bytes / 2 ** 20).toFixed(1)} MiB, read through and whole.`)
    tell(contents, context)
    if (withoutKey)
      context.terminal.print(`It opens with the key file of ${dataDir} alone: keep a copy of that elsewhere.`)
    return 0
  },
}

export const restore: Command = {
  usage: 'restore <file> [--passphrase-file <file> | --with-key-file]',
  summary: 'Makes the data folder of a backup; it must not hold a database.',
  help: `The key comes out of the backup by its passphrase, or, with --with-key-file, lies in the data folder already.
What could have been spent since the backup does not come back: sessions, enrolment links, activation codes, one-time bypasses,
remembered factors. Codes that were used since then would count again while their time lasts, those of HOTP tokens
until they are brought back into step: do not put a backup back because of a suspicion alone.`,
  options: { ...passphraseOption, 'with-key-file': { type: 'boolean' } },
  run: restoreFrom,
}

async function restoreFrom(given: Given, context: CommandContext): Promise<number> {
  const path = resolve(onlyArgument(given, 'the backup'))
  const passphrase = given.values['with-key-file'] === true ? null : await passphraseOf(given, context, false)
  const { dataDir } = context.config()
  const { createdAt, version, contents } = restoreBackup({ path, dataDir, passphrase })
  const { migrationsDir } = context
  // Brings it up to this release, and says in the trail from where on it tells what was since the backup.
  const store = await openStore({ dataDir, ...(migrationsDir === undefined ? {} : { migrationsDir }) })
  try {
    const actor = { id: null, name: 'sallyport restore', address: null }
    await store.audit.noteRestored({ createdAt, version }, actor)
  } finally {
    await store.close()
  }
  context.terminal.print(`${dataDir} is as it was at ${createdAt.toISOString()} (release ${version}).`)
  tell(contents, context)
  return 0
}

function tell(contents: BackupContents, { terminal }: CommandContext): void {
  const { users, tokens, clients, administrators, signIns, auditEntries, auditBrokenAt } = contents
  terminal.print(
    `${users} users, ${tokens} OATH tokens, ${clients} RADIUS clients, ${administrators} administrators, ` +
      `${signIns} sign-ins, ${auditEntries} changes.`,
  )
  if (auditBrokenAt !== null) terminal.complain(`The trail of changes was tampered with at entry ${auditBrokenAt}.`)
}
