/** Alerts: who is told of what by mail, and what there was to tell lately. */
import type { AlertSettings, AlertsView, api } from '@sallyport/contract'
import type { Store } from '@sallyport/store'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'

export interface AlertRouteDependencies {
  readonly store: Pick<Store, 'alerts' | 'gateways'>
}

const shownAtMost = 50

export function alertHandlers({ store }: AlertRouteDependencies): Handlers<typeof api.alerts> {
  const view = async (settings: AlertSettings): Promise<AlertsView> => {
    const [rows, gateways] = await Promise.all([store.alerts.list(shownAtMost), store.gateways.list()])
    return {
      settings,
      hasGateway: gateways.some(({ kind, enabled }) => kind === 'mail' && enabled),
      rows: rows.map(({ id, kind, about, at, subject, detail, notifiedAt, problem }) => ({
        ...{ id, kind, about, subject, detail, problem },
        at: at.toISOString(),
        notifiedAt: notifiedAt?.toISOString() ?? null,
      })),
    }
  }
  return {
    read: async () => view(await store.alerts.settings()),
    async change({ body, caller }) {
      const outcome = await store.alerts.change(body, caller.actor)
      const current = outcome.ok || outcome.problem !== 'changed-meanwhile' ? null : await view(outcome.current)
      return view(changed(outcome, { view: () => current, gone: 'The settings do not exist.' }))
    },
  }
}
