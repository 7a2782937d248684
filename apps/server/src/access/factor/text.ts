/** The text message: one-way, a code that is typed at the device; two-way, a reply that approves, or that is the PIN. */
import type { TraceFact } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import type { Outcome } from '../verdict.ts'
import { askedFacts, applicationOf, newAsk, openAsk, waitUntil } from './asking.ts'
import type { Way } from './choose.ts'
import { holdFor, type HoldTools } from './held.ts'
import { messageFor } from './messages.ts'
import { sendCode, type CodeTools } from './sent-code.ts'

export async function textPhone(
  context: Context,
  user: EngineUser,
  { replies, withPin }: Extract<Way, { kind: 'text' }>,
  tools: HoldTools & CodeTools,
  facts: readonly TraceFact[],
): Promise<Outcome> {
  const company = tools.company()
  const applicationName = applicationOf(context)
  if (!replies) {
    return sendCode(
      context,
      user,
      { method: 'text', withPin, phone: user.phone },
      tools,
      facts,
      (id, otp, deadlineMs) => {
        const text = messageFor('textCode', company, user, { applicationName, otp })
        return { id, kind: 'text', job: { id, to: user.phone, text, deadlineMs, wantReply: false } }
      },
    )
  }
  const deadlineMs = waitUntil(context)
  const asked = newAsk(context, user, { method: 'text', expiresAtMs: deadlineMs, withPin, phone: user.phone })
  const text = messageFor(withPin ? 'textReplyWithPin' : 'textReply', company, user, { applicationName, otp: '' })
  const { id } = asked
  const job = { id, to: user.phone, text, deadlineMs, wantReply: true }
  const ended = await openAsk(context, asked, tools, { id, kind: 'text', job })
  return ended ?? holdFor(context, user, asked, tools, facts.concat(askedFacts(asked)))
}
