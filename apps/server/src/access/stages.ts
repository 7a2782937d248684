/**
 * The room an Access-Request walks through: its stages in order; `walk.ts` runs them. A stage returns a fuller context or a verdict,
 * or holds the request for a person; it never sends. Falling off the end rejects: nobody is let in by omission.
 */
import type { StageName } from '@sallyport/contract'

import { client } from './client.ts'
import type { Context } from './context.ts'
import { conversation } from './conversation.ts'
import { policy } from './policy.ts'
import { primary } from './primary.ts'
import { receive } from './receive.ts'
import { secondFactor } from './second-factor.ts'
import type { Tools } from './tools.ts'
import { user } from './user.ts'
import type { Outcome } from './verdict.ts'

interface Stage {
  readonly name: StageName
  readonly run: (context: Context, tools: Tools) => Outcome | Promise<Outcome>
}

/** The order in which a request is decided; the walk then records the verdict and replies. */
export const stages: readonly Stage[] = [
  { name: 'receive', run: receive },
  { name: 'client', run: client },
  { name: 'conversation', run: conversation },
  { name: 'primary', run: primary },
  { name: 'user', run: user },
  { name: 'second-factor', run: secondFactor },
  { name: 'policy', run: policy },
]
