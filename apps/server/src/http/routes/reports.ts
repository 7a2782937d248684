/** Reports: sign-ins as a list, one with its trace, and all of them as CSV. */
import type { api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { exportFile } from '../export/export-file.ts'
import { jsonLinesOf } from '../export/json-lines.ts'
import { csvOfSignIns } from '../export/sign-ins-csv.ts'
import type { Handlers } from '../handlers.ts'
import { unpackRound } from '../../trace/packed-round.ts'
import { ApiProblem } from '../problems.ts'

export interface ReportRouteDependencies {
  readonly store: Pick<Store, 'signIns'>
  readonly clock: () => Date
}

export function reportHandlers({ store, clock }: ReportRouteDependencies): Handlers<typeof api.reports> {
  return {
    async listSignIns({ query: { cursor, limit, ...filter } }) {
      const page = await store.signIns.list(filter, { cursor, limit })
      return { ...page, rows: [...page.rows] }
    },
    async readSignIn({ params }) {
      const signIn = await store.signIns.byId(params.id)
      if (signIn === null) {
        throw new ApiProblem('not-found', { detail: 'There is no such sign-in, or it is not kept any more.' })
      }
      return { ...signIn, rounds: signIn.rounds.map(unpackRound) }
    },
    exportSignIns: ({ query }) =>
      Promise.resolve(exportFile('sign-ins', clock(), 'csv', csvOfSignIns(store.signIns.stream(query)))),
    exportSignInsJson: ({ query }) =>
      Promise.resolve(exportFile('sign-ins', clock(), 'jsonl', jsonLinesOf(store.signIns.stream(query)))),
  }
}
