/** A code by e-mail: the weakest of the factors, for whoever reads the mail may be whoever knows the password. */
import type { TraceFact } from '@sallyport/contract'
import type { EngineUser } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import type { Step } from '../verdict.ts'
import { applicationOf } from './asking.ts'
import type { HoldTools } from './held.ts'
import { messageFor } from './messages.ts'
import { sendCode, type CodeTools } from './sent-code.ts'

export function mailCode(
  context: Context,
  user: EngineUser,
  tools: HoldTools & CodeTools,
  facts: readonly TraceFact[],
): Promise<Step> {
  const company = tools.company()
  const values = { applicationName: applicationOf(context) }
  return sendCode(context, user, { method: 'email', withPin: false }, tools, facts, (id, otp, deadlineMs) => ({
    id,
    kind: 'mail',
    job: {
      ...{ id, to: user.email, deadlineMs },
      subject: messageFor('emailSubject', company, user, { ...values, otp: '' }),
      text: messageFor('emailCode', company, user, { ...values, otp }),
    },
  }))
}
