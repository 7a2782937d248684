/** What people may do to their own standing in the portal: a bypass for themselves, and a report that a sign-in was not theirs. */
import type { Actor } from './change.ts'

export interface OwnStandingRepository {
  /**
   * A bypass that somebody gives themselves. `open`: there is one already; `enough`: as many as a day allows were given.
   * @param atMostInADay counted by the name of the actor, over 24 hours
   */
  giveBypass(
    userId: string,
    input: { readonly reason: string; readonly seconds: number; readonly atMostInADay: number },
    actor: Actor,
  ): Promise<'given' | 'open' | 'enough' | 'not-found'>
  /** How many somebody gave in the last 24 hours. */
  bypassesGiven(userId: string, actor: Pick<Actor, 'name'>): Promise<number>
  /**
   * Reports a sign-in of the user's own, not older than that, once; the block comes with it. What caching rules remember of the user
   * is forgotten. False: it is not theirs, too old, or was reported.
   */
  reportFraud(
    userId: string,
    input: { readonly signInId: string; readonly since: Date; readonly block: boolean; readonly portalName: string },
    actor: Actor,
  ): Promise<boolean>
}
