/** Remembers whether a server answers, and how long to leave it alone when it does not. */
import { type LdapFailure } from './failure.ts'

/** One server's state as the console shows it. */
export interface ServerHealth {
  /** `ldap://host:port` */
  readonly server: string
  readonly state: 'unknown' | 'up' | 'down'
  /** Milliseconds since the epoch at which the state began; absent while unknown. */
  readonly since?: number
  /** Why it is down, in a sentence. */
  readonly problem?: string
}

export interface HealthOptions {
  readonly now: () => number
  /** The first back-off, milliseconds; each further one is twice as long. */
  readonly firstBackOffMs: number
  readonly longestBackOffMs: number
  /** Asks the server again in the background; rejects while it is down. */
  readonly probe: () => Promise<void>
}

export interface Health {
  succeeded(): void
  failed(failure: LdapFailure): void
  /** Whether a request may be sent there now. */
  isAvailable(): boolean
  /** The refusal of our own account that is not to be repeated yet: repeating it would lock that account. */
  standingRefusal(): LdapFailure | undefined
  state(): Omit<ServerHealth, 'server'>
  close(): void
}

/** A refused query account is tried again far less often than a dead server: its lock-out counter is somebody's too. */
const refusalFactor = 6

export function createHealth({ now, firstBackOffMs, longestBackOffMs, probe }: HealthOptions): Health {
  let state: 'unknown' | 'up' | 'down' = 'unknown'
  let since: number | undefined
  let failure: LdapFailure | undefined
  let backOffMs = 0
  let retryAt = 0
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  function succeeded(): void {
    if (state === 'up') return
    state = 'up'
    since = now()
    failure = undefined
    backOffMs = 0
    clearTimeout(timer)
    timer = undefined
  }

  function failed(reason: LdapFailure): void {
    if (!reason.blamesServer || isClosed) return
    failure = reason
    // What was under way when the server went down fails too: that is one failure, not many.
    if (state === 'down' && now() < retryAt) return
    if (state !== 'down') since = now()
    state = 'down'
    backOffMs = Math.min(longestBackOffMs, backOffMs === 0 ? firstBackOffMs : backOffMs * 2)
    const isRefusal = reason.code === 'query-bind-refused'
    retryAt = now() + backOffMs * (isRefusal ? refusalFactor : 1)
    clearTimeout(timer)
    timer = isRefusal ? undefined : setTimeout(ask, backOffMs).unref()
  }

  function ask(): void {
    timer = undefined
    retryAt = 0
    probe().then(succeeded, failed)
  }

  return {
    succeeded,
    failed,
    // Nothing asks again in the background after a refusal, so a request does, once the time has come.
    isAvailable: () => state !== 'down' || (failure?.code === 'query-bind-refused' && now() >= retryAt),
    standingRefusal: () => (failure?.code === 'query-bind-refused' && now() < retryAt ? failure : undefined),
    state: () => ({
      state,
      ...(since === undefined ? {} : { since }),
      ...(failure === undefined ? {} : { problem: failure.message }),
    }),
    close: () => {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
