/** `sallyport administrator list` and `reset`: who administers this server, and a way back in for whoever lost what they sign in with. */
import { newPassword } from '@sallyport/contract'
import type { AdministratorRecord, Store } from '@sallyport/store'
import { createArgon2id } from '../../passwords/argon2id.ts'
import { onlyArgument, UsageError, type Command } from '../command.ts'
import { inStore } from '../in-store.ts'
import { passphraseOf, passphraseOption } from '../passphrase.ts'

const actor = { id: null, name: 'sallyport administrator reset', address: null }

export const administratorList: Command = {
  usage: 'administrator list',
  summary: 'Lists the administrators: role, and what each signs in with beside the password.',
  help: 'Nothing is changed. Beside a running server, too.',
  options: {},
  async run({ positionals }, context) {
    if (positionals.length > 0) throw new UsageError('This takes no argument.')
    return inStore(context, async (store) => {
      const factors = await store.administratorFactors.all()
      for (const { id, username, role, enabled, lockedUntil } of await store.administrators.list()) {
        const { totp = null, recoveryCodes = null, passkeys = 0 } = factors.get(id) ?? {}
        const has = [
          ...(totp === null ? [] : ['authenticator app']),
          ...(passkeys === 0 ? [] : [`passkeys: ${passkeys}`]),
          ...(recoveryCodes === null ? [] : [`recovery codes left: ${recoveryCodes.left}`]),
        ]
        const isLocked = lockedUntil !== null && lockedUntil > context.clock()
        const said = [role, ...(enabled ? [] : ['disabled']), ...(isLocked ? ['locked'] : [])]
        context.terminal.print(
          `${username}: ${[...said, ...(has.length === 0 ? ['no second factor'] : has)].join(', ')}`,
        )
      }
      return 0
    })
  },
}

export const administratorReset: Command = {
  usage: 'administrator reset <user name> (--factors | --password [--passphrase-file <file>] | both)',
  summary:
    'Takes an administrator’s second factors away, or gives a new password, for whoever is locked out of the console.',
  help: `--factors removes the authenticator app, passkeys and recovery codes: where a second factor is required, the next sign-in
sets one up. --password asks for a new password, or takes the first line of the file, and ends a lock after wrong attempts.
Either ends their sessions at once, beside a running server too, and stands in the trail of changes as done by the shell.`,
  options: { ...passphraseOption, factors: { type: 'boolean' }, password: { type: 'boolean' } },
  async run(given, context) {
    const username = onlyArgument(given, 'the administrator')
    const [factors, password] = [given.values['factors'] === true, given.values['password'] === true]
    if (!factors && !password) throw new UsageError('Say what is to be reset: --factors, --password, or both.')
    if (!password && given.values['passphrase-file'] !== undefined) {
      throw new UsageError('A file holds a new password: say --password too.')
    }
    return inStore(context, async (store) => {
      const found = await store.administrators.byUsername(username)
      if (found === null) {
        context.terminal.complain(`There is no administrator “${username}”: see sallyport administrator list.`)
        return 1
      }
      const passwordHash = password ? await newHash() : undefined
      const isDone = await store.inTransaction(async (rooms) => {
        const given = passwordHash === undefined ? true : await givePassword(rooms, found, passwordHash)
        return given && (!factors || (await rooms.administratorFactors.reset(found.id, actor)))
      })
      if (!isDone) {
        context.terminal.complain('Somebody else changed this administrator at the same moment: try again.')
        return 1
      }
      if (password) context.terminal.print(`${found.username} has a new password.`)
      if (factors) context.terminal.print(`${found.username} has no second factor any more.`)
      if (!found.enabled) context.terminal.print('They are disabled: another administrator has to enable them.')
      return 0
    })

    async function newHash(): Promise<string> {
      const typed = newPassword.safeParse(await passphraseOf(given, context, true))
      if (!typed.success) throw new UsageError(`The password: ${typed.error.issues[0]?.message ?? ''}`)
      return createArgon2id().hash(typed.data)
    }
  },
}

async function givePassword(
  { administrators }: Pick<Store, 'administrators'>,
  { id, role, enabled, version }: AdministratorRecord,
  passwordHash: string,
): Promise<boolean> {
  return (await administrators.change(id, { role, enabled, version, passwordHash }, actor)).ok
}
