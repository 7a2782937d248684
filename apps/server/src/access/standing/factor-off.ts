/** A user whose second factor is off: refused, or let in on the password alone, as Company Settings say. */
import { fact } from '../verdict.ts'
import type { Control } from './control.ts'

export const factorOff: Control = ({ user, passwordProven }, { company }) => {
  if (user.enabled) return null
  if (company().whenFactorOff === 'refuse' || !passwordProven)
    return { kind: 'refuse', reason: 'user-disabled', facts: [] }
  return { kind: 'admit', reason: 'password-only-factor-off', facts: [fact('second-factor', 'off')] }
}
