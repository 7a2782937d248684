/** Reports: denials by reason, as a view and as files. */
import type { api, CountedTimes, DenialSlice } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { csvOfDenials } from '../export/denials-csv.ts'
import { exportFile } from '../export/export-file.ts'
import { jsonLines } from '../export/json-lines.ts'
import type { Handlers } from '../handlers.ts'
import { countedTime, denialSlices } from '../reports/denials.ts'

export interface DenialRouteDependencies {
  readonly store: Pick<Store, 'signIns'>
  readonly clock: () => Date
}

export function denialHandlers({ store, clock }: DenialRouteDependencies): Handlers<typeof api.denials> {
  const slicesFor = async (query: CountedTimes) =>
    denialSlices(await countedTime(query, store.signIns, clock()), store.signIns)
  return {
    async read({ query }) {
      const time = await countedTime(query, store.signIns, clock())
      const slices: DenialSlice[] = []
      for await (const slice of denialSlices(time, store.signIns)) slices.push(slice)
      return { step: time.step, slices }
    },
    exportCsv: async ({ query }) => exportFile('denials', clock(), 'csv', csvOfDenials(await slicesFor(query))),
    exportJson: async ({ query }) => exportFile('denials', clock(), 'jsonl', jsonLines(await slicesFor(query))),
  }
}
