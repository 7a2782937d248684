/** Tells the addresses of Alerts of what there is to tell, by mail, once each. */
import type { Store } from '@sallyport/store'
import { alertMail } from './alert-mail-text.ts'
import { tellByMail, type Telling, type TellingOptions } from './tell-by-mail.ts'

export interface AlertMailsOptions extends TellingOptions {
  readonly store: Pick<Store, 'company' | 'alerts'>
}

export function startAlertMails({ store, ...options }: AlertMailsOptions): Telling {
  return tellByMail(
    {
      name: 'alert',
      recipients: async () => (await store.alerts.settings()).recipients,
      toTell: (limit) => store.alerts.toTell(limit),
      note: (id, told) => store.alerts.note(id, told),
      write: async (alert) => alertMail(alert, (await store.company.settings()).language),
    },
    options,
  )
}
