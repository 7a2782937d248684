/** Lets a few works run at a time and a few wait; the rest is turned away, so that a flood starves nobody else. */

/** Too many are waiting already. */
export class NoTurnLeft extends Error {
  override readonly name = 'NoTurnLeft'
  constructor() {
    super('Too many passwords are being checked at once.')
  }
}

export interface TurnLimits {
  readonly atOnce: number
  readonly waitingAtMost: number
}

export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/** The returned function runs a work when its turn comes, in order; it rejects with NoTurnLeft at once where none will. */
export function createTurns({ atOnce, waitingAtMost }: TurnLimits): Turns {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingAtMost) throw new NoTurnLeft()
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
