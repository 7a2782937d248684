/** Keeps long-lived connections to one server and lends them out, each to one borrower or to several at a time. */
import { type LdapConnection } from './connection.ts'
import { createDeadlines } from './deadlines.ts'
import { asFailure, LdapFailure } from './failure.ts'

export interface PoolOptions {
  /** Most connections. */
  readonly size: number
  /** Most borrowers of one connection: 1 for binds, more where requests may be multiplexed. */
  readonly borrowersEach: number
  /** Opens a connection that is ready for use within this many milliseconds. */
  readonly open: (timeoutMs: number) => Promise<LdapConnection>
  /** An unused connection older than this is not trusted any more: firewalls forget them silently. */
  readonly maxIdleMs?: number
}

export interface Pool {
  /**
   * Lends a connection to `work`. One that turns out to have been closed while it lay idle is replaced once.
   * @throws LdapFailure
   */
  use<T>(deadlineAt: number, work: (connection: LdapConnection) => Promise<T>): Promise<T>
  /** Closes the connections that nobody uses. */
  closeIdle(): void
  /** Closes all connections and refuses whatever comes. */
  close(): void
}

interface Waiter {
  /** Of `Date.now()`: what `open` is to be ready by. */
  readonly deadlineAt: number
  /** The same of `performance.now()`. */
  readonly endsAt: number
  readonly take: (connection: LdapConnection) => void
  readonly fail: (failure: LdapFailure) => void
}

export function createPool(options: PoolOptions): Pool {
  const { size, borrowersEach, open, maxIdleMs = 240_000 } = options
  /** Borrowers of every open connection. */
  const borrowers = new Map<LdapConnection, number>()
  /** Those that can be lent, the latest used last. */
  const free: LdapConnection[] = []
  let waiters: Waiter[] = []
  const deadlines = createDeadlines(failLate)
  let opening = 0
  let isClosed = false

  function admit(connection: LdapConnection): void {
    borrowers.set(connection, 0)
    connection.onClosed(() => {
      borrowers.delete(connection)
      withdraw(connection)
      replaceForWaiters()
    })
    offer(connection)
  }

  function withdraw(connection: LdapConnection): void {
    const index = free.indexOf(connection)
    if (index >= 0) free.splice(index, 1)
  }

  function offer(connection: LdapConnection): void {
    if (!connection.isOpen) return
    free.push(connection)
    while (waiters.length > 0) {
      const next = lend()
      if (!next) return
      waiters.shift()?.take(next)
    }
  }

  /** The latest used connection that can still be trusted. */
  function lend(): LdapConnection | undefined {
    for (let connection = free.at(-1); connection; connection = free.at(-1)) {
      const count = borrowers.get(connection) ?? 0
      const isStale = count === 0 && performance.now() - connection.lastAnswerAt > maxIdleMs
      if (connection.isOpen && !isStale) {
        borrowers.set(connection, count + 1)
        if (count + 1 >= borrowersEach) free.pop()
        return connection
      }
      free.pop()
      connection.destroy()
    }
    return undefined
  }

  function giveBack(connection: LdapConnection): void {
    const count = borrowers.get(connection)
    if (count === undefined) return
    borrowers.set(connection, count - 1)
    if (count >= borrowersEach) offer(connection)
  }

  function grow(deadlineAt: number): void {
    opening += 1
    open(deadlineAt - Date.now()).then(
      (connection) => {
        opening -= 1
        if (isClosed) connection.destroy()
        else admit(connection)
      },
      (error: unknown) => {
        opening -= 1
        // The others wait for the same server: what kept this one out keeps them out too, and each may go on to the next.
        if (borrowers.size === 0) for (const waiter of waiters.splice(0)) waiter.fail(asFailure(error))
        else waiters.shift()?.fail(asFailure(error))
      },
    )
  }

  function replaceForWaiters(): void {
    const first = waiters[0]
    if (first && !isClosed && opening === 0 && borrowers.size < size) grow(first.deadlineAt)
  }

  /** A connection that becomes free, or that is opened now. */
  function waitForConnection(deadlineAt: number): Promise<LdapConnection> {
    return new Promise((take, fail) => {
      if (isClosed) throw closedFailure()
      const endsAt = performance.now() + deadlineAt - Date.now()
      waiters.push({ deadlineAt, endsAt, take, fail })
      deadlines.watch(endsAt)
      if (borrowers.size + opening < size) grow(deadlineAt)
    })
  }

  function failLate(now: number): number {
    const late = waiters.filter(({ endsAt }) => endsAt <= now)
    if (late.length > 0) waiters = waiters.filter(({ endsAt }) => endsAt > now)
    for (const { fail } of late) {
      fail(new LdapFailure('timeout', 'No connection to the server became free in time.', { blamesServer: false }))
    }
    return waiters.reduce((earliest, { endsAt }) => Math.min(earliest, endsAt), Infinity)
  }

  function closeIdle(): void {
    for (const connection of [...free]) {
      if (borrowers.get(connection) !== 0) continue
      withdraw(connection)
      connection.destroy()
    }
  }

  return {
    use: async (deadlineAt, work) => {
      const ready = lend()
      if (ready) {
        try {
          return await work(ready)
        } catch (error) {
          const wasLost = error instanceof LdapFailure && error.code === 'server-down' && !error.wasAnswered
          if (!wasLost || ready.isOpen) throw error
          // Its idle neighbours lay there as long.
          closeIdle()
        } finally {
          giveBack(ready)
        }
      }
      const connection = (ready && lend()) ?? (await waitForConnection(deadlineAt))
      try {
        return await work(connection)
      } finally {
        giveBack(connection)
      }
    },
    closeIdle,
    close: () => {
      isClosed = true
      deadlines.stop()
      for (const connection of borrowers.keys()) connection.destroy()
      for (const waiter of waiters.splice(0)) waiter.fail(closedFailure())
    },
  }
}

function closedFailure(): LdapFailure {
  return new LdapFailure('server-down', 'The target was closed.', { blamesServer: false })
}
