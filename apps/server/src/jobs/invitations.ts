/**
 * Sends invitations, oldest first and at a pace that floods no mail server. The token of a link is drawn when its mail is written and
 * goes nowhere but into it; what a mail server answered is written down before the next mail is written.
 */
import { createHash } from 'node:crypto'
import type { Store } from '@sallyport/store'
import { isPortalReachable } from '../portal-reachable.ts'
import { invitationMail } from './invitation-mail-text.ts'
import type { Telling, TellingOptions } from './tell-by-mail.ts'

export interface InvitationOptions extends Omit<TellingOptions, 'firstPauseMs'> {
  readonly store: Pick<Store, 'company' | 'invitations'>
  readonly random: (lengthBytes: number) => Uint8Array
  /** Where people's browsers find the portal: an origin. */
  readonly portalUrl: () => string
  /** Milliseconds from one mail to the next: sixty a minute unless told. */
  readonly paceMs?: number
}

const longestProblem = 300

export function startInvitations(options: InvitationOptions): Telling {
  const { store, mail, hasGateway, onError, random, portalUrl, everyMs = 5_000, paceMs = 1_000 } = options
  let isClosing = false
  let timer: NodeJS.Timeout | undefined
  let recovered: Promise<void> | undefined

  /** The milliseconds until the next. */
  async function sendNext(): Promise<number> {
    await (recovered ??= store.invitations.recover())
    if (!hasGateway() || !isPortalReachable(portalUrl())) return everyMs
    const token = Buffer.from(random(32)).toString('base64url')
    const tokenHash = createHash('sha256').update(token).digest('hex')
    const claimed = await store.invitations.claim(tokenHash)
    if (claimed === null) return everyMs
    if (claimed === 'withdrawn') return 0
    const language = claimed.language === '' ? (await store.company.settings()).language : claimed.language
    // Behind the #: browsers keep it from every server, and from its logs.
    const written = invitationMail({ ...claimed, link: `${portalUrl()}/enrol#${token}` }, language)
    const outcome = await mail({ id: `invitation-${tokenHash}`, to: claimed.address, ...written })
    if (outcome.kind === 'sent') {
      await store.invitations.note(tokenHash, { kind: 'sent' })
      return paceMs
    }
    const said = outcome.problems.map(({ gateway, problem }) => `${gateway}: ${problem}`).join(' ')
    const problem = said.replaceAll(token, '…').slice(0, longestProblem)
    await store.invitations.note(tokenHash, { kind: outcome.retryable ? 'later' : 'failed', problem })
    return paceMs
  }

  async function turn(): Promise<void> {
    const pauseMs = await sendNext().catch((error: unknown) => {
      recovered = undefined
      onError(error)
      return everyMs
    })
    if (isClosing) return
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
