/** A new password that waited for the second factor: kept, together with the event, or taken to the target that decides about it. */
import { readOctets } from '@sallyport/radius'

import type { Context } from './context.ts'
import type { PasswordChange, WithheldChange } from './primary-target.ts'
import type { Tools } from './tools.ts'
import { endUnproven } from './unproven.ts'
import { fact, proceed, reject, type Step } from './verdict.ts'

/** True where the target itself has to make the change. */
export function isWithheld(change: PasswordChange): change is WithheldChange {
  return 'sealed' in change
}

/** The context with the proof of the new password for whoever has not seen one of a later exchange; or the end. */
export async function completeChange(
  context: Context,
  change: WithheldChange,
  tools: Pick<Tools, 'target'>,
): Promise<Step> {
  const { request, username, nowMs, acceptAttributes } = context
  const target = tools.target()
  if (!target?.completeChange) {
    return reject('password-change-refused', context, [fact('detail', 'The target was changed meanwhile.')])
  }
  const deadlineMs = nowMs + request.client.deviceTimeoutSeconds * 1_000
  const outcome = await target.completeChange({ change, username, request, deadlineMs })
  const facts = outcome.facts ?? []
  if (outcome.kind !== 'ok') return endUnproven(outcome, context)
  const hasProof = readOctets({ attributes: acceptAttributes }, 'MS-CHAP2-Success') !== undefined
  const attributes = hasProof ? acceptAttributes : [...acceptAttributes, ...(outcome.attributes ?? [])]
  return proceed({ ...context, acceptAttributes: attributes, passwordChange: null }, facts)
}
