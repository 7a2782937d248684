/** One timer for many deadlines: most are met, so that a timer for each would be made only to be cleared. */

export interface Deadlines {
  /** Sees to it that `expire` runs at this time, of `performance.now()`, or soon after. */
  watch(deadlineAt: number): void
  stop(): void
}

/** What began in the same moment ends in the same moment. */
const togetherMs = 5

/** `expire` ends what is due at `now`, and returns the earliest deadline that is left: `Infinity` where nothing waits. */
export function createDeadlines(expire: (now: number) => number): Deadlines {
  let timer: NodeJS.Timeout | undefined
  let timerAt = Infinity

  function watch(deadlineAt: number): void {
    // The timer that is set for one that was met long ago still comes in time to be set for the next.
    if (deadlineAt >= timerAt) return
    clearTimeout(timer)
    timerAt = deadlineAt
    timer = setTimeout(run, Math.max(1, Math.ceil(deadlineAt - performance.now())))
  }

  function run(): void {
    timer = undefined
    timerAt = Infinity
    watch(expire(performance.now() + togetherMs))
  }

  return {
    watch,
    stop: () => {
      clearTimeout(timer)
      timer = undefined
      timerAt = Infinity
    },
  }
}
