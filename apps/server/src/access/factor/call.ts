/** The phone call: # (or the PIN and #) approves, the fraud code reports; the backup phone rings where the first meets nobody. */
import type { TraceFact } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { DeliveryOrder } from '../../bus/pending.ts'
import type { Context } from '../context.ts'
import type { Outcome } from '../verdict.ts'
import { askedFacts, newAsk, openAsk, waitUntil } from './asking.ts'
import type { Way } from './choose.ts'
import { holdFor, type HoldTools } from './held.ts'

export async function callPhone(
  context: Context,
  user: EngineUser,
  { withPin }: Extract<Way, { kind: 'call' }>,
  tools: HoldTools,
  facts: readonly TraceFact[],
): Promise<Outcome> {
  const { fraud, language } = tools.company()
  const deadlineMs = waitUntil(context)
  const asked = newAsk(context, user, { method: 'call', expiresAtMs: deadlineMs, withPin, phone: user.phone })
  const job = {
    language: user.language || language,
    applicationName: asked.applicationName,
    mode: withPin ? ('pin' as const) : ('press-hash' as const),
    deadlineMs,
    fraudCode: fraud.allowReports ? fraud.phoneCode : null,
  }
  const callTo = (to: string, extension: string, id: string): DeliveryOrder => {
    return { id: asked.id, kind: 'call', job: { ...job, id, to, extension: extension === '' ? null : extension } }
  }
  const order = callTo(user.phone, user.phoneExtension, asked.id)
  // Another id: under the first one, nothing would be sent again.
  const backup = user.backupPhone && callTo(user.backupPhone, user.backupExtension, `${asked.id}.2`)
  const ended = await openAsk(context, asked, tools, order, backup || undefined)
  return ended ?? holdFor(context, user, asked, tools, facts.concat(askedFacts(asked)))
}
