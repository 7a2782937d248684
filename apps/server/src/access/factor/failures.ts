/** A wrong answer of a person: counted towards the lock of their second factor, whatever the method and the client. */
import type { EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { Context } from '../context.ts'
import type { Tools } from '../tools.ts'
import { countFailure, isLocked } from './lockout.ts'

export interface Counted {
  readonly context: Context
  readonly isLocked: boolean
}

export function countWrong(context: Context, user: EngineUser, tools: Pick<Tools, 'users' | 'company'>): Counted {
  const current = tools.users.byId(user.id) ?? user
  const { failures, lockedUntilMs } = countFailure(current, context.nowMs, tools.company().lockout)
  tools.users.setFailures(user, failures, lockedUntilMs)
  const record: JournalRecord = { kind: 'factor-failures', userId: user.id, failures, lockedUntilMs }
  return {
    context: { ...context, records: [...context.records, record] },
    isLocked: isLocked(tools.users.byId(user.id) ?? user, context.nowMs),
  }
}
