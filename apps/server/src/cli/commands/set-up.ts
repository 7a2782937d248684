/** `sallyport setup`: the first administrator, from the shell of the machine instead of the browser. */
import { administratorName, newPassword } from '@sallyport/contract'
import { openStore } from '@sallyport/store'
import { createArgon2id } from '../../passwords/argon2id.ts'
import { textOption, UsageError, type Command } from '../command.ts'
import { passphraseOf, passphraseOption } from '../passphrase.ts'

export const setUp: Command = {
  usage: 'setup --username <name> [--passphrase-file <file>]',
  summary: 'Makes the first administrator; needs no set-up code, for whoever reads the data folder needs none.',
  help: 'The password is typed, or the first line of the file. Everything else is set in the console.',
  options: { ...passphraseOption, username: { type: 'string' } },
  async run(given, context) {
    const { config, migrationsDir, terminal } = context
    const username = administratorName.safeParse(textOption(given, 'username') ?? '')
    if (!username.success) throw new UsageError(`--username: ${username.error.issues[0]?.message ?? ''}`)
    const password = newPassword.safeParse(await passphraseOf(given, context, true))
    if (!password.success) throw new UsageError(`The password: ${password.error.issues[0]?.message ?? ''}`)
    const store = await openStore({
      dataDir: config().dataDir,
      ...(migrationsDir === undefined ? {} : { migrationsDir }),
    })
    try {
      const passwordHash = await createArgon2id().hash(password.data)
      const actor = { id: null, name: 'sallyport setup', address: null }
      const made = await store.administrators.createFirst({ username: username.data, passwordHash }, actor)
      if (!made.ok) {
        terminal.complain('There is an administrator already: sign in to the console, and add others there.')
        return 1
      }
      terminal.print(`${username.data} administers this server. Sign in to the console.`)
      return 0
    } finally {
      await store.close()
    }
  },
}
