/**
 * Stage 5, user: who this is to us. The names that the directory returned decide before the name that was typed, because a
 * directory forgives more spellings than one. Unknown users are refused, or let in on the password alone, as the client says; of
 * those whom we know, what stands for or against them is looked at.
 */
import type { Context } from './context.ts'
import type { StandingTools } from './standing/control.ts'
import { standing } from './standing/standing.ts'
import { fact, proceed, reject, type Step } from './verdict.ts'

export function user(context: Context, tools: StandingTools): Step {
  const { challenge, request, directoryNames, username } = context
  const found = challenge
    ? tools.users.byId(challenge.userId)
    : (tools.users.find(directoryNames) ?? tools.users.find([username]))
  if (found) return standing({ ...context, user: found }, tools, [fact('user', found.username)])
  // A challenge was answered whose user was removed meanwhile: never a way round the second factor.
  // Nor is anybody let in of whom neither a password nor a second factor was proven.
  if (challenge || request.client.requireUserMatch || !context.passwordProven) return reject('unmatched-user', context)
  return proceed({ ...context, granted: 'password-only-unmatched-user' }, [fact('user', 'unmatched')])
}
