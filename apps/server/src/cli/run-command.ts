/** `sallyport <command>`: finds the command, reads what was typed, and says in one line what is wrong with it. */
import { parseArgs } from 'node:util'
import { StoreError } from '@sallyport/store'
import { ConfigError } from '../config.ts'
import { UsageError, type Command, type CommandContext } from './command.ts'
import { administratorList, administratorReset } from './commands/administrator.ts'
import { auditExport, auditVerify } from './commands/audit.ts'
import { backup, restore } from './commands/backup.ts'
import { certificateReset, certificateShow } from './commands/certificate.ts'
import { configExport, configImport } from './commands/config.ts'
import { doctor } from './commands/doctor.ts'
import { importProduct } from './commands/import.ts'
import { setUp } from './commands/set-up.ts'
import { simulate } from './commands/simulate.ts'
import { status } from './commands/status.ts'
import { tlsCreate } from './commands/tls.ts'

const commands: Readonly<Record<string, Command>> = {
  setup: setUp,
  'administrator list': administratorList,
  'administrator reset': administratorReset,
  status,
  doctor,
  'config export': configExport,
  'config import': configImport,
  import: importProduct,
  'tls create': tlsCreate,
  'certificate show': certificateShow,
  'certificate reset': certificateReset,
  backup,
  restore,
  'audit verify': auditVerify,
  'audit export': auditExport,
  simulate,
}

/** @returns the exit code: 0 where all is well, 1 where it is not, 2 where the command was typed wrongly */
export async function runCommand(typed: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context
  const found = Object.entries(commands).find(([name]) => startsWith(typed, name.split(' ')))
  if (found === undefined) return unknown(typed, context)
  const [name, command] = found
  const rest = typed.slice(name.split(' ').length)
  if (rest.includes('--help')) {
    terminal.print(`sallyport ${command.usage}\n\n${command.help}`)
    return 0
  }
  try {
    const given = parseArgs({ args: [...rest], options: command.options, allowPositionals: true, strict: true })
    return await command.run(given, context)
  } catch (error) {
    if (!isUsage(error)) return failed(error, context)
    terminal.complain(`${error.message}\n\nsallyport ${command.usage}`)
    return 2
  }
}

function startsWith(typed: readonly string[], words: readonly string[]): boolean {
  return words.every((word, index) => typed[index] === word)
}

function unknown(typed: readonly string[], { terminal, version }: CommandContext): number {
  const [word] = typed
  const list = [
    ['start', 'Runs the server, and starts it again when it dies.'] as const,
    ...Object.values(commands).map(({ usage, summary }) => [usage, summary] as const),
  ]
  const help = `sallyport ${version}\n\n${list.map(([usage, summary]) => `  sallyport ${usage}\n      ${summary}`).join('\n')}`
  if (word === undefined || word === '--help' || word === 'help') {
    terminal.print(help)
    return 0
  }
  if (word === '--version') {
    terminal.print(version)
    return 0
  }
  terminal.complain(`There is no command “${typed.join(' ')}”.\n\n${help}`)
  return 2
}

/** Also what parseArgs throws: its messages name the option. */
function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError) return true
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

/** What is expected to go wrong says itself what to do; anything else is a bug, and shows where. */
function failed(error: unknown, { terminal }: CommandContext): number {
  const isExpected = error instanceof StoreError || error instanceof ConfigError || hasSystemCode(error)
  terminal.complain(
    isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error),
  )
  return 1
}

function hasSystemCode(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}
