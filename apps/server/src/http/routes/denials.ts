/** Reports: denials by reason, as a view and as files. */
import { Readable } from 'node:stream'
import type { api, CountedTimes, DenialSlice } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { csvOfDenials } from '../export/denials-csv.ts'
import { exportFilename } from '../export/filename.ts'
import { jsonLines } from '../export/json-lines.ts'
import type { Handlers } from '../handlers.ts'
import { countedTime, denialSlices } from '../reports/denials.ts'

export interface DenialRouteDependencies {
  readonly store: Pick<Store, 'signIns'>
  readonly clock: () => Date
}

export function denialHandlers({ store, clock }: DenialRouteDependencies): Handlers<typeof api.denials> {
  const file = async (
    query: CountedTimes,
    ending: 'csv' | 'jsonl',
    written: (slices: AsyncIterable<DenialSlice>) => AsyncGenerator<string>,
  ) => {
    const now = clock()
    const slices = denialSlices(await countedTime(query, store.signIns, now), store.signIns)
    return {
      filename: exportFilename('denials', now, ending),
      // Pulled: a slice is read when the browser has taken the one before.
      content: Readable.from(written(slices), { objectMode: true, highWaterMark: 1 }),
    }
  }
  return {
    async read({ query }) {
      const time = await countedTime(query, store.signIns, clock())
      const slices: DenialSlice[] = []
      for await (const slice of denialSlices(time, store.signIns)) slices.push(slice)
      return { step: time.step, slices }
    },
    exportCsv: ({ query }) => file(query, 'csv', csvOfDenials),
    exportJson: ({ query }) => file(query, 'jsonl', jsonLines),
  }
}
