/**
 * Tells the addresses of Company Settings of each fraud report, by mail, once: what was told is written down when a gateway has taken
 * it, so that a restart tells nobody twice, and nobody is left out because no gateway worked for a while.
 */
import type { Store } from '@sallyport/store'
import type { Delivered, MailJob } from '../bus/delivery-jobs.ts'
import { fraudMail } from './fraud-mail-text.ts'

export interface FraudMailsOptions {
  readonly store: Pick<Store, 'company' | 'fraudMails'>
  readonly mail: (job: MailJob) => Promise<Delivered>
  /** Whether a mail gateway is enabled. */
  readonly hasGateway: () => boolean
  readonly onError: (error: unknown) => void
  /** Milliseconds between two looks for new reports. */
  readonly everyMs?: number
  /** After a look that no gateway worked in; doubled each time, sixteen times that at most. */
  readonly firstPauseMs?: number
}

export interface FraudMails {
  close(): Promise<void>
}

const reportsAtOnce = 50

export function startFraudMails(options: FraudMailsOptions): FraudMails {
  const { store, mail, hasGateway, onError, everyMs = 5_000, firstPauseMs = 30_000 } = options
  let isClosing = false
  let failures = 0
  let tries = 0
  let timer: NodeJS.Timeout | undefined

  /** Whether every mail that could go has gone. */
  async function look(): Promise<boolean> {
    const { fraud, language } = await store.company.settings()
    if (fraud.notify.length === 0) return true
    for (const report of await store.fraudMails.toTell(reportsAtOnce)) {
      const toldTo = [...report.toldTo]
      let problem: string | null = null
      let isRefused = false
      for (const to of fraud.notify.filter((address) => !toldTo.includes(address))) {
        if (isClosing) return true
        if (!hasGateway()) {
          await store.fraudMails.note(report.id, { toldTo, isDone: false, problem: 'No mail gateway is enabled.' })
          return true
        }
        // Each try is a job of its own: the same one again would get the first one's answer.
        const outcome = await mail({ id: `fraud-${report.id}-${++tries}`, to, ...fraudMail(report, language) })
        if (outcome.kind === 'sent') {
          toldTo.push(to)
          // At once: what a crash forgets is told twice.
          await store.fraudMails.note(report.id, { toldTo, isDone: false, problem: null })
          continue
        }
        problem = outcome.problems.map(({ gateway, problem: said }) => `${gateway}: ${said}`).join(' ')
        if (outcome.retryable) {
          await store.fraudMails.note(report.id, { toldTo, isDone: false, problem })
          return false
        }
        isRefused = true
      }
      // An address that every gateway refuses for good must not hold up the next report.
      await store.fraudMails.note(report.id, { toldTo, isDone: true, problem: isRefused ? problem : null })
    }
    return true
  }

  async function turn(): Promise<void> {
    const worked = await look().catch((error: unknown) => {
      onError(error)
      return false
    })
    failures = worked ? 0 : failures + 1
    if (isClosing) return
    const pauseMs = worked ? everyMs : firstPauseMs * 2 ** Math.min(failures - 1, 4)
    timer = setTimeout(() => {
      running = turn()
    }, pauseMs)
    timer.unref()
  }
  let running = turn()

  return {
    async close() {
      isClosing = true
      clearTimeout(timer)
      await running
    },
  }
}
