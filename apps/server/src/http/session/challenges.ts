/** Challenges that were drawn and not answered yet: each good once, for who it was drawn for, for five minutes. */

const challengeBytes = 32
const lifeMs = 5 * 60_000
const atMost = 10_000

export interface Challenges {
  /** The octets of a challenge for this purpose. */
  readonly draw: (purpose: string) => Uint8Array<ArrayBuffer>
  /** Whether this one, in base64url, was drawn for this; it is good no more. */
  readonly take: (challenge: string, purpose: string) => boolean
}

export function createChallenges(clock: () => Date, random: (lengthBytes: number) => Uint8Array): Challenges {
  // In the order in which they were drawn: the oldest first.
  const drawn = new Map<string, { readonly purpose: string; readonly endsAtMs: number }>()
  return {
    draw(purpose) {
      const nowMs = clock().getTime()
      for (const [challenge, { endsAtMs }] of drawn) {
        if (endsAtMs > nowMs && drawn.size < atMost) break
        drawn.delete(challenge)
      }
      const octets = new Uint8Array(random(challengeBytes))
      drawn.set(Buffer.from(octets).toString('base64url'), { purpose, endsAtMs: nowMs + lifeMs })
      return octets
    },
    take(challenge, purpose) {
      const found = drawn.get(challenge)
      drawn.delete(challenge)
      return found !== undefined && found.purpose === purpose && found.endsAtMs > clock().getTime()
    },
  }
}
