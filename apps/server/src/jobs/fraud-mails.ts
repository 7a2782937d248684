/** Tells the addresses of Company Settings of each fraud report, by mail, once. */
import type { Store } from '@sallyport/store'
import { fraudMail } from './fraud-mail-text.ts'
import { tellByMail, type Telling, type TellingOptions } from './tell-by-mail.ts'

export interface FraudMailsOptions extends TellingOptions {
  readonly store: Pick<Store, 'company' | 'fraudMails'>
}

export function startFraudMails({ store, ...options }: FraudMailsOptions): Telling {
  return tellByMail(
    {
      name: 'fraud',
      recipients: async () => (await store.company.settings()).fraud.notify,
      toTell: (limit) => store.fraudMails.toTell(limit),
      note: (id, told) => store.fraudMails.note(id, told),
      write: async (report) => fraudMail(report, (await store.company.settings()).language),
    },
    options,
  )
}
