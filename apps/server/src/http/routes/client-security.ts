/** Reports: the security of RADIUS clients, and what may be enforced of them. */
import type { api, ClientMeasure, ClientSecurityRow } from '@sallyport/contract'
import type { RadiusClientFields, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import { statusOf } from '../engine-view.ts'
import { csvOfClientSecurity } from '../export/client-security-csv.ts'
import { exportFile } from '../export/export-file.ts'
import { jsonLinesOf } from '../export/json-lines.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { ApiProblem, invalidInput } from '../problems.ts'
import { clientSecurityRow } from '../reports/client-security.ts'

export interface ClientSecurityRouteDependencies {
  readonly store: Pick<Store, 'radiusClients'>
  readonly engine: EngineControl
  readonly clock: () => Date
}

const enforced: Readonly<Record<ClientMeasure, Partial<RadiusClientFields>>> = {
  'require-message-authenticator': { messageAuthenticator: 'require' },
  'limit-proxy-state': { limitProxyState: true },
}

export function clientSecurityHandlers({
  store,
  engine,
  clock,
}: ClientSecurityRouteDependencies): Handlers<typeof api.clientSecurity> {
  const read = async () => {
    const status = await statusOf(engine)
    const traffic = new Map((status?.clientTraffic ?? []).map((each) => [each.clientId, each]))
    const records = await store.radiusClients.list()
    return { records, traffic, engineAnswers: status !== null }
  }
  async function* rows(): AsyncGenerator<readonly ClientSecurityRow[]> {
    const { records, traffic } = await read()
    yield records.map((record) => clientSecurityRow(record, traffic.get(record.id)))
  }
  return {
    async list() {
      const { records, traffic, engineAnswers } = await read()
      return { rows: records.map((record) => clientSecurityRow(record, traffic.get(record.id))), engineAnswers }
    },
    async enforce({ params, body: { measure, version }, caller }) {
      const { records, traffic } = await read()
      const record = records.find(({ id }) => id === params.id)
      if (record === undefined) throw new ApiProblem('not-found', { detail: gone })
      const { offers } = clientSecurityRow(record, traffic.get(record.id))
      if (!offers.includes(measure)) {
        throw invalidInput({
          path: 'measure',
          message: 'Not every request of late has kept this: it would be locked out.',
        })
      }
      const input = { ...record, ...enforced[measure], version }
      const saved = changed(await store.radiusClients.change(record.id, input, caller.actor), {
        view: (current) => clientSecurityRow(current, traffic.get(current.id)),
        gone,
      })
      await putInForce(engine, { topic: 'clients' })
      return clientSecurityRow(saved, traffic.get(saved.id))
    },
    exportCsv: () => Promise.resolve(exportFile('client-security', clock(), 'csv', csvOfClientSecurity(rows()))),
    exportJson: () => Promise.resolve(exportFile('client-security', clock(), 'jsonl', jsonLinesOf(rows()))),
  }
}

const gone = 'This RADIUS client does not exist any more.'
