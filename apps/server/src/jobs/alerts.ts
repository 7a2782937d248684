/** Alerts, running: looks every half minute, and tells by mail. */
import type { TellingOptions } from './tell-by-mail.ts'
import { startAlertMails } from './alert-mails.ts'
import { createWatch } from './watch-alerts.ts'
import { whatToWatch, type WatchedServer } from './what-to-watch.ts'

export type AlertsOptions = WatchedServer & Pick<TellingOptions, 'mail' | 'hasGateway' | 'onError'>

const lookEveryMs = 30_000

export function startAlerts({ mail, hasGateway, onError, ...server }: AlertsOptions): { close(): Promise<void> } {
  const { store, clock } = server
  const mails = startAlertMails({ store, mail, hasGateway, onError })
  const watch = createWatch({ ...whatToWatch(server), alerts: store.alerts, clock, onError })
  let running: Promise<void> = Promise.resolve()
  let isBusy = false
  const timer = setInterval(() => {
    if (isBusy) return
    isBusy = true
    running = watch
      .look()
      .catch(onError)
      .finally(() => (isBusy = false))
  }, lookEveryMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
      await mails.close()
    },
  }
}
