/** Reports: VPN sessions as a list, one with all that is known of it, and all of them as CSV. */
import { Readable } from 'node:stream'
import type { api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { csvOfVpnSessions } from '../export/vpn-sessions-csv.ts'
import { exportFilename } from '../export/filename.ts'
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
    // eslint-disable-next-line @typescript-eslint/require-await -- handlers are asynchronous; the waiting is the stream's
    async export({ query }) {
      return {
        filename: exportFilename('vpn-sessions', clock()),
        // Pulled: a piece is read when the browser has taken the one before, and no more once it has gone.
        content: Readable.from(csvOfVpnSessions(store.vpnSessions.stream(query)), {
          objectMode: true,
          highWaterMark: 1,
        }),
      }
    },
  }
}
