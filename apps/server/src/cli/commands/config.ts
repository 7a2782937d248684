/** `sallyport config export` and `sallyport config import`: the configuration as one file, without people and logs. */
import { readFile as readText, writeFile as writeText } from 'node:fs/promises'
import { resolve } from 'node:path'
import { examineData, openStore, type Store } from '@sallyport/store'
import { applyConfiguration } from '../../configuration/apply.ts'
import type { Difference } from '../../configuration/compare.ts'
import { readFile, writeFile, type ReadFile } from '../../configuration/file.ts'
import { readPresent, withoutSecrets, type Secrets } from '../../configuration/present.ts'
import { openSecrets, sealSecrets, shortestPassphrase } from '../../configuration/sealed-secrets.ts'
import { onlyArgument, UsageError, type Command, type CommandContext, type Given } from '../command.ts'
import { passphraseOf, passphraseOption } from '../passphrase.ts'
import { takeUp } from '../take-up.ts'

export const configExport: Command = {
  usage: 'config export [<file>] [--with-secrets [--passphrase-file <file>]]',
  summary: 'Writes everything that was configured as YAML that diffs: no people, no administrators, no logs.',
  help: `Without a file it is printed. Secrets stay out of it; with --with-secrets they go along, sealed to a passphrase of at least
${shortestPassphrase} characters (argon2id, AES-256-GCM), from the file or typed.`,
  options: { ...passphraseOption, 'with-secrets': { type: 'boolean' } },
  async run(given, context) {
    const [path, ...more] = given.positionals
    if (more.length > 0) throw new UsageError('Name one file, or none.')
    const withSecrets = given.values['with-secrets'] === true
    if (!withSecrets && given.values['passphrase-file'] !== undefined) {
      throw new UsageError('A passphrase seals secrets: say --with-secrets too.')
    }
    const passphrase = withSecrets ? await passphraseOf(given, context, true) : null
    if (passphrase !== null && passphrase.length < shortestPassphrase) {
      throw new UsageError(`The passphrase needs at least ${shortestPassphrase} characters.`)
    }
    const { dataDir } = context.config()
    const { migrationsDir, terminal } = context
    if (examineData({ dataDir, migrationsDir, readThroughBelow: 0 }).state === 'absent') {
      terminal.complain(`${dataDir} holds no database. Name the data folder of the server (SALLYPORT_DATA_DIR).`)
      return 1
    }
    const { document, secrets } = await inStore(context, async (store) => withoutSecrets(await readPresent(store)))
    const text = writeFile(document, passphrase === null ? null : await sealSecrets(secrets, passphrase))
    if (path === undefined) {
      terminal.print(text.trimEnd())
      return 0
    }
    // 'wx': a file that is there stays.
    await writeText(resolve(path), text, { flag: 'wx', mode: 0o600 })
    terminal.print(resolve(path))
    return 0
  },
}

export const configImport: Command = {
  usage: 'config import <file> [--yes] [--passphrase-file <file>]',
  summary: 'Shows what a file of a configuration would change; with --yes, changes it, all or nothing.',
  help: `What the file does not name stays as it is; of a list that it names, what is not in it goes. Secrets that are not in it stay
as they are; where something new cannot do without one, that is said, and nothing is changed. Each change is in the trail of
changes, and a running server goes by it at once.`,
  options: { ...passphraseOption, yes: { type: 'boolean' } },
  async run(given, context) {
    const { terminal, clock } = context
    const read = readFile(await readText(resolve(onlyArgument(given, 'the file of the configuration')), 'utf8'))
    if (!read.ok) return refused(read.problems, context)
    const sealed = await secretsOf(read, given, context)
    if (sealed === null) return 1
    const keep = given.values['yes'] === true
    const actor = { id: null, name: 'sallyport config import', address: null }
    const { differences, problems } = await inStore(context, (store) =>
      applyConfiguration(store, { wanted: read.wanted, sealed, actor, clock, keep }),
    )
    for (const line of differences.flatMap(linesOf)) terminal.print(line)
    if (differences.length === 0) terminal.print('Nothing would change.')
    if (problems.length > 0) {
      return refused(
        problems.map(({ path, message }) => `${place(read.lineOf(path))}${path}: ${message}`),
        context,
      )
    }
    if (differences.length === 0) return 0
    if (!keep) {
      terminal.print('\nNothing was changed. With --yes, this is done.')
      return 0
    }
    terminal.print('\nDone.')
    return takeUp(context)
  },
}

async function secretsOf(
  { wanted: { sealedSecrets } }: Extract<ReadFile, { ok: true }>,
  given: Given,
  context: CommandContext,
): Promise<Secrets | null> {
  if (sealedSecrets === null) return new Map()
  const opened = await openSecrets(sealedSecrets, await passphraseOf(given, context, false))
  if (opened === null) context.terminal.complain('The passphrase does not open the secrets of this file.')
  return opened
}

async function inStore<T>({ config, migrationsDir }: CommandContext, act: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({
    dataDir: config().dataDir,
    ...(migrationsDir === undefined ? {} : { migrationsDir }),
  })
  try {
    return await act(store)
  } finally {
    await store.close()
  }
}

function refused(problems: readonly string[], { terminal }: CommandContext): number {
  terminal.complain(`Nothing was changed:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  return 1
}

function place(line: number | null): string {
  return line === null ? '' : `line ${line}: `
}

const signs = { added: '+', changed: '~', removed: '-', reordered: '↕' } as const

function linesOf({ kind, what, fields }: Difference): readonly string[] {
  const more = fields.map(({ path, before, after }) =>
    kind === 'added' ? `    ${path}: ${after}` : `    ${path}: ${before || '(nothing)'} → ${after || '(nothing)'}`,
  )
  return [`${signs[kind]} ${what}${kind === 'reordered' ? ': another order' : ''}`, ...more]
}
