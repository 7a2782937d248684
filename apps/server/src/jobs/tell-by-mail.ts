/**
 * Tells addresses of things by mail, each once: what was told is written down when a gateway has taken it, so that a restart tells
 * nobody twice, and nobody is left out because no gateway worked for a while.
 */
import type { Delivered, MailJob } from '../bus/delivery-jobs.ts'

/** What there is to tell, and to whom. */
export interface Tidings<Item extends { readonly id: string; readonly toldTo: readonly string[] }> {
  /** Begins the ids of its mails. */
  readonly name: string
  recipients(): Promise<readonly string[]>
  /** The oldest of what is not told yet. */
  toTell(limit: number): Promise<readonly Item[]>
  note(id: string, told: { toldTo: readonly string[]; isDone: boolean; problem: string | null }): Promise<void>
  write(item: Item): Promise<Pick<MailJob, 'subject' | 'text' | 'html'>>
}

export interface TellingOptions {
  readonly mail: (job: MailJob) => Promise<Delivered>
  /** Whether a mail gateway is enabled. */
  readonly hasGateway: () => boolean
  readonly onError: (error: unknown) => void
  /** Milliseconds between two looks for something new. */
  readonly everyMs?: number
  /** After a look that no gateway worked in; doubled each time, sixteen times that at most. */
  readonly firstPauseMs?: number
}

export interface Telling {
  close(): Promise<void>
}

const atOnce = 50

export function tellByMail<Item extends { readonly id: string; readonly toldTo: readonly string[] }>(
  tidings: Tidings<Item>,
  { mail, hasGateway, onError, everyMs = 5_000, firstPauseMs = 30_000 }: TellingOptions,
): Telling {
  let isClosing = false
  let failures = 0
  let tries = 0
  let timer: NodeJS.Timeout | undefined

  /** Whether every mail that could go has gone. */
  async function look(): Promise<boolean> {
    const recipients = await tidings.recipients()
    if (recipients.length === 0) return true
    for (const item of await tidings.toTell(atOnce)) {
      const toldTo = [...item.toldTo]
      let problem: string | null = null
      let isRefused = false
      for (const to of recipients.filter((address) => !toldTo.includes(address))) {
        if (isClosing) return true
        if (!hasGateway()) {
          await tidings.note(item.id, { toldTo, isDone: false, problem: 'No mail gateway is enabled.' })
          return true
        }
        // Each try is a job of its own: the same one again would get the first one's answer.
        const outcome = await mail({ id: `${tidings.name}-${item.id}-${++tries}`, to, ...(await tidings.write(item)) })
        if (outcome.kind === 'sent') {
          toldTo.push(to)
          // At once: what a crash forgets is told twice.
          await tidings.note(item.id, { toldTo, isDone: false, problem: null })
          continue
        }
        problem = outcome.problems.map(({ gateway, problem: said }) => `${gateway}: ${said}`).join(' ')
        if (outcome.retryable) {
          await tidings.note(item.id, { toldTo, isDone: false, problem })
          return false
        }
        isRefused = true
      }
      // An address that every gateway refuses for good must not hold up what comes next.
      await tidings.note(item.id, { toldTo, isDone: true, problem: isRefused ? problem : null })
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
