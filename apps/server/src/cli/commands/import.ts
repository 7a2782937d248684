/** `sallyport import`: clients and targets from what people have, row by row. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { importProduct as products, type ImportProduct } from '@sallyport/contract'
import { openStore } from '@sallyport/store'
import { applyConfiguration } from '../../configuration/apply.ts'
import { fromReading, type ImportRow } from '../../configuration/from-reading.ts'
import { readPresent } from '../../configuration/present.ts'
import { readProduct } from '../../other-products/readers.ts'
import { UnreadableFile, type Reading } from '../../other-products/reading.ts'
import { UsageError, type Command } from '../command.ts'
import { takeUp } from '../take-up.ts'

export const importProduct: Command = {
  usage: 'import <duo | nps | freeradius> <file> [--yes]',
  summary:
    'Takes RADIUS clients and servers over from another product; shows each row first, and with --yes adds them.',
  help: `duo: the authproxy.cfg of the Duo Authentication Proxy. nps: what “netsh nps export exportPSK=YES” wrote.
freeradius: a clients.conf. What is here already stays as it is; nothing is removed. Secrets are sealed, and never shown.
Delete the file afterwards: it holds them in clear.`,
  options: { yes: { type: 'boolean' } },
  async run({ positionals, values }, context) {
    const [product = '', path, ...more] = positionals
    const { data: known } = products.safeParse(product)
    if (known === undefined || path === undefined || more.length > 0) {
      throw new UsageError(`Name a product (${products.options.join(', ')}) and one file.`)
    }
    const { terminal, clock, config, migrationsDir } = context
    const reading = await readingOf(resolve(path), known)
    if (typeof reading === 'string') {
      terminal.complain(`${path}: ${reading}`)
      return 1
    }
    const keep = values['yes'] === true
    const store = await openStore({
      dataDir: config().dataDir,
      ...(migrationsDir === undefined ? {} : { migrationsDir }),
    })
    try {
      const { rows, wanted } = fromReading(reading, await readPresent(store))
      for (const row of rows) terminal.print(lineOf(row))
      const count = rows.filter(({ state }) => state === 'new').length
      const actor = { id: null, name: `sallyport import ${product}`, address: null }
      const { problems } = await applyConfiguration(store, { wanted, sealed: new Map(), actor, clock, keep })
      if (problems.length > 0) {
        const lines = problems.map(({ path: place, message }) => `  - ${place}: ${message}`)
        terminal.complain(`Nothing was changed:\n${lines.join('\n')}`)
        return 1
      }
      terminal.print(keep ? `\n${count} added.` : `\nNothing was changed. With --yes, ${count} would be added.`)
      if (!keep || count === 0) return 0
    } finally {
      await store.close()
    }
    return takeUp(context)
  },
}

/** Why it cannot be read, where it cannot. */
async function readingOf(path: string, product: ImportProduct): Promise<Reading | string> {
  try {
    return readProduct(product, await readFile(path))
  } catch (error) {
    if (error instanceof UnreadableFile) return error.message
    throw error
  }
}

const marks = { new: 'new    ', there: 'there  ', refused: 'REFUSED', unread: 'unread ' } as const

function lineOf({ state, where, what, message }: ImportRow): string {
  return `${marks[state]}  ${where}: ${[what, message].filter((text) => text !== '').join(': ')}`
}
