/** What the console shows of another product's configuration, and takes of it: the way of the command line. */
import type { ProductImportRow } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import type { ProductImportControl } from '../bus/product-import-control.ts'
import { readProduct } from '../other-products/readers.ts'
import { UnreadableFile } from '../other-products/reading.ts'
import { applyConfiguration } from './apply.ts'
import { chosenOf, fromReading, type ImportRow } from './from-reading.ts'
import { readPresent } from './present.ts'

const mostLetters = 500

export function createProductImports(store: Store, clock: () => Date): ProductImportControl {
  return {
    async read(product, file) {
      try {
        return fromReading(readProduct(product, file), await readPresent(store)).rows.map(rowView)
      } catch (error) {
        if (error instanceof UnreadableFile) return error.message
        throw error
      }
    },

    async take(product, file, numbers, actor) {
      const chosen = chosenOf(readProduct(product, file), new Set(numbers))
      const { rows, wanted } = fromReading(chosen, await readPresent(store))
      const late = rows.filter(({ state }) => state !== 'new')
      if (late.length > 0 || rows.length !== new Set(numbers).size) {
        const message = 'What is here has changed meanwhile, or such a row cannot be added: look at the rows again.'
        return [{ path: 'rows', message: late[0]?.message ?? message }]
      }
      const { problems } = await applyConfiguration(store, { wanted, sealed: new Map(), actor, clock, keep: true })
      return problems.length > 0 ? problems : rows.length
    },
  }
}

function rowView({ kind, where, title, state, message, settings }: ImportRow, number: number): ProductImportRow {
  return {
    ...{ number, kind, state, where: short(where), title: short(title), message: short(message) },
    settings: Object.entries(settings).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [{ name, value: short(String(value)) }]
        : [],
    ),
  }
}

/** A line of a file may be as long as the file. */
function short(text: string): string {
  const line = text.replaceAll(/\p{Cc}/gu, ' ')
  return line.length > mostLetters ? `${line.slice(0, mostLetters)}…` : line
}
