/** A second factor that wrong answers have locked: nothing that stands in its place counts while it is. */
import { isLocked } from '../factor/lockout.ts'
import { fact } from '../verdict.ts'
import type { Control } from './control.ts'

export const locked: Control = ({ user, nowMs }) =>
  isLocked(user, nowMs)
    ? {
        kind: 'refuse',
        reason: 'factor-locked',
        facts: [fact('locked-until', new Date(user.factorLockedUntil ?? nowMs).toISOString())],
      }
    : null
