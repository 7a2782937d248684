/**
 * Timers for thousands of requests: those of one duration lie in one list in the order of their ends, with one timer of the system
 * for its head. What is timed carries its own links, so that a timer costs no memory of its own.
 */

/** What can be timed: by one timer at a time. */
export abstract class Timed {
  list: TimerList | undefined = undefined
  older: Timed | undefined = undefined
  newer: Timed | undefined = undefined
  dueAtMs = 0

  /** Its time has come; its timer is over. */
  abstract due(): void
}

interface TimerList {
  readonly durationMs: number
  oldest: Timed | undefined
  newest: Timed | undefined
  timer: NodeJS.Timeout | undefined
}

export class TimerLists {
  readonly #lists = new Map<number, TimerList>()

  /** Calls `timed.due` after so many milliseconds, counted up to whole ones; an earlier timer of it is stopped. */
  start(timed: Timed, durationMs: number): void {
    this.stop(timed)
    const whole = Math.max(1, Math.ceil(durationMs))
    let list = this.#lists.get(whole)
    if (!list) {
      list = { durationMs: whole, oldest: undefined, newest: undefined, timer: undefined }
      this.#lists.set(whole, list)
    }
    timed.list = list
    timed.dueAtMs = Math.ceil(performance.now()) + whole
    timed.older = list.newest
    if (list.newest) list.newest.newer = timed
    else list.oldest = timed
    list.newest = timed
    this.#wait(list, whole)
  }

  stop(timed: Timed): void {
    const { list, older, newer } = timed
    if (!list) return
    if (older) older.newer = newer
    else list.oldest = newer
    if (newer) newer.older = older
    else list.newest = older
    timed.list = undefined
    timed.older = undefined
    timed.newer = undefined
    if (list.oldest) return
    clearTimeout(list.timer)
    this.#lists.delete(list.durationMs)
  }

  #wait(list: TimerList, inMs: number): void {
    list.timer ??= setTimeout(() => {
      list.timer = undefined
      this.#expire(list)
    }, inMs)
  }

  #expire(list: TimerList): void {
    for (let first = list.oldest; first; first = list.oldest) {
      const leftMs = first.dueAtMs - performance.now()
      if (leftMs > 0) {
        this.#wait(list, leftMs)
        return
      }
      this.stop(first)
      first.due()
    }
  }
}
