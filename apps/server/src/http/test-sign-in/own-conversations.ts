/** The test sign-ins that administrators have before them: one each, a few at once, forgotten after a while. */
import { ApiProblem } from '../problems.ts'
import type { Conversation } from './conversation.ts'

export interface OwnConversations {
  /** Takes the place of the administrator's last one, which ends. @throws ApiProblem `too-many-requests` when others are at it */
  readonly put: (administratorId: string, conversation: Conversation) => Promise<void>
  /** @throws ApiProblem `not-found` also where it is somebody else's */
  readonly find: (administratorId: string, id: string) => Conversation
  readonly stopAll: () => Promise<void>
}

const openAtMost = 8
const keptAtMost = 32
const keptMs = 15 * 60_000

export function createOwnConversations(clock: () => Date): OwnConversations {
  const kept = new Map<string, { readonly conversation: Conversation; readonly untilMs: number }>()

  function forgetOld(): void {
    for (const [owner, { conversation, untilMs }] of kept) {
      const isOld = untilMs <= clock().getTime() || kept.size >= keptAtMost
      if (isOld && !conversation.isOpen()) kept.delete(owner)
    }
  }

  return {
    async put(administratorId, conversation) {
      await kept.get(administratorId)?.conversation.stop()
      kept.delete(administratorId)
      forgetOld()
      const open = [...kept.values()].filter((each) => each.conversation.isOpen()).length
      if (open >= openAtMost) {
        const detail = 'Other administrators are testing sign-ins right now. Try again in a minute.'
        throw new ApiProblem('too-many-requests', { detail, retryAfterSeconds: 60 })
      }
      kept.set(administratorId, { conversation, untilMs: clock().getTime() + keptMs })
    },
    find(administratorId, id) {
      const found = kept.get(administratorId)?.conversation
      if (found?.id === id) return found
      throw new ApiProblem('not-found', { detail: 'This test is over, or not yours. Start a new one.' })
    },
    async stopAll() {
      await Promise.all([...kept.values()].map(({ conversation }) => conversation.stop()))
      kept.clear()
    },
  }
}
