/** Where a command has a passphrase from: a file, or whoever sits at the terminal. Never the command line: others can read that. */
import { readFile } from 'node:fs/promises'
import { textOption, UsageError, type CommandContext, type Given } from './command.ts'

export const passphraseOption = { 'passphrase-file': { type: 'string' } } as const

/** @param twice a new one, which nobody could guess after a slip */
export async function passphraseOf(given: Given, { terminal }: CommandContext, twice: boolean): Promise<string> {
  const file = textOption(given, 'passphrase-file')
  if (file !== undefined) return (await readFile(file, 'utf8')).replace(/\r?\n[^]*$/u, '')
  const typed = await terminal.askSecret('Passphrase: ')
  if (typed === null)
    throw new UsageError('Nobody is there to type the passphrase: name a file with --passphrase-file.')
  if (twice && (await terminal.askSecret('Once more: ')) !== typed)
    throw new UsageError('These were two different ones.')
  return typed
}
