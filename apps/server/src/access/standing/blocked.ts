/** A user who is blocked gets in by nothing, until the block ends. */
import type { EngineUser } from '@sallyport/store/engine'

import { fact } from '../verdict.ts'
import type { Control } from './control.ts'

export const blocked: Control = ({ user, nowMs }) => {
  const { block } = user
  if (!block || !isBlocked(user, nowMs)) return null
  const until = block.untilMs === null ? 'until somebody unblocks' : `until ${new Date(block.untilMs).toISOString()}`
  return {
    kind: 'refuse',
    reason: 'user-blocked',
    facts: [fact('blocked', block.reason === '' ? until : `${until}: ${block.reason}`)],
  }
}

export function isBlocked({ block }: Pick<EngineUser, 'block'>, nowMs: number): boolean {
  return block !== null && (block.untilMs === null || block.untilMs > nowMs)
}
