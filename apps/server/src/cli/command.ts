/** What a command of `sallyport` is, and what it is given. */
import type { ParseArgsConfig } from 'node:util'
import type { Config } from '../config.ts'
import type { Terminal } from './terminal.ts'

export interface CommandContext {
  /** Parsed from the environment; throws ConfigError. */
  readonly config: () => Config
  /** The folder of the database's migrations; absent: the source tree's. */
  readonly migrationsDir: string | undefined
  readonly terminal: Terminal
  readonly version: string
  readonly clock: () => Date
}

export type Options = NonNullable<ParseArgsConfig['options']>

export interface Given {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
}

export interface Command {
  /** What is typed behind `sallyport`: `backup <file> [--without-key]`. */
  readonly usage: string
  /** One line. */
  readonly summary: string
  /** What is worth knowing before it is run. */
  readonly help: string
  readonly options: Options
  /** Resolves with the exit code: 0, or 1 where what was asked for did not come about or hold. */
  readonly run: (given: Given, context: CommandContext) => Promise<number>
}

/** The command was typed wrongly: nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The one positional argument. Throws UsageError where there is none, or more. */
export function onlyArgument({ positionals }: Given, what: string): string {
  const [first, ...rest] = positionals
  if (first === undefined || rest.length > 0) throw new UsageError(`Name ${what}, and nothing else.`)
  return first
}

export function textOption({ values }: Given, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}
