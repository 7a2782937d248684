/** Reports: VPN sessions as a list, one with all that is known of it, and all of them as CSV. */
import type { api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { exportFile } from '../export/export-file.ts'
import { jsonLinesOf } from '../export/json-lines.ts'
import { csvOfVpnSessions } from '../export/vpn-sessions-csv.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'

export interface VpnSessionRouteDependencies {
  readonly store: Pick<Store, 'vpnSessions'>
  readonly clock: () => Date
}

export function vpnSessionHandlers({ store, clock }: VpnSessionRouteDependencies): Handlers<typeof api.vpnSessions> {
  return {
    async list({ query: { cursor, limit, ...filter } }) {
      const page = await store.vpnSessions.list(filter, { cursor, limit })
      return { ...page, rows: [...page.rows], connected: await store.vpnSessions.connected() }
    },
    async read({ params }) {
      const session = await store.vpnSessions.byId(params.id)
      if (session === null) {
        throw new ApiProblem('not-found', { detail: 'There is no such VPN session, or it is not kept any more.' })
      }
      return session
    },
    export: ({ query }) =>
      Promise.resolve(exportFile('vpn-sessions', clock(), 'csv', csvOfVpnSessions(store.vpnSessions.stream(query)))),
    exportJson: ({ query }) =>
      Promise.resolve(exportFile('vpn-sessions', clock(), 'jsonl', jsonLinesOf(store.vpnSessions.stream(query)))),
  }
}
