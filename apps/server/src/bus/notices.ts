/** The small notices by which the server's threads keep each other up to date; what they are about is in the store. */
import type { RadiusSocket, RadsecSocket, SignInResult } from '@sallyport/contract'
import type { PortalControl } from './portal-port.ts'
import type { PendingControl } from './pending.ts'
import type { TestNews, TestPort, TestPortRequest } from './test-port.ts'

/** Something that sign-ins depend on was saved. Tokens are named by the users that they belonged or belong to. */
export type ConfigNotice =
  | { readonly topic: 'radius' }
  | { readonly topic: 'clients' }
  | { readonly topic: 'reply-rules' }
  | { readonly topic: 'target' }
  | { readonly topic: 'company' }
  /** Caching rules and trusted networks. */
  | { readonly topic: 'standing' }
  | { readonly topic: 'users'; readonly ids: readonly string[] }

/** How the engine does at this moment. */
export interface EngineStatus extends EngineThreadStatus {
  /** How busy each thread was since it started. */
  readonly threads: readonly ThreadTimes[]
  /** Null where the forwarder does not answer. */
  readonly forwarding: ForwardingStatus | null
}

export interface ThreadTimes {
  readonly thread: string
  readonly activeMs: number
  readonly idleMs: number
}

/** Sign-ins since the engine started. */
export interface SignInFigures {
  /** By the names of RADIUS clients; empty: of no client. */
  readonly clients: readonly ({ readonly client: string } & Readonly<Record<SignInResult, number>>)[]
  /** Those that took no longer than `upTo` seconds, and longer than the one before. */
  readonly buckets: readonly { readonly upTo: number; readonly count: number }[]
  readonly seconds: number
  readonly count: number
}

/** Accounting on its way to the servers of the target. */
export interface ForwardingStatus {
  /** Accounting-Requests that wait to be forwarded. */
  readonly rows: number
  /** With so many, further ones are not answered. */
  readonly limit: number
  readonly oldestAtMs: number | null
  /** Sessions that servers do not acknowledge, though they live. */
  readonly waitingSessions: number
  /** Those that take accounting, in their order. */
  readonly servers: readonly {
    readonly id: string
    /** With its accounting port. */
    readonly server: string
    readonly state: 'unknown' | 'up' | 'suspect' | 'down'
    readonly sinceMs: number
    readonly problem: string | null
    /** Records since the server was started or changed. */
    readonly acknowledged: number
  }[]
}

/** What the engine's own thread knows of it. */
export interface EngineThreadStatus {
  readonly radsecSockets: readonly RadsecSocket[]
  readonly sockets: readonly RadiusSocket[]
  /** False: sign-ins are refused, because what happens could not be written down. */
  readonly logWritable: boolean
  readonly inFlight: number
  readonly signIns: SignInFigures
  readonly openChallenges: number
  readonly targetServers: readonly {
    /** Of servers that are rows of their own. */
    readonly id?: string
    readonly server: string
    readonly state: 'unknown' | 'up' | 'suspect' | 'down'
    readonly sinceMs: number | null
    readonly problem: string | null
    /** Of its last answer. */
    readonly latencyMs?: number | null
    /** What came from it and was not believed, by name. */
    readonly rejected?: Readonly<Record<string, number>>
  }[]
  /** Of each client that sent anything since the engine started. */
  readonly clientTraffic: readonly ClientTrafficStatus[]
  /** Datagrams dropped since the engine started, by name. */
  readonly drops: Readonly<Record<string, number>>
}

/** What a RADIUS client sends; of Access-Requests. See the contract’s `clientTraffic`. */
export interface ClientTrafficStatus {
  readonly clientId: string
  readonly sinceMs: number
  readonly requests: number
  readonly signed: number
  readonly signedInARow: number
  readonly protectedInARow: number
  readonly repeated: number
  readonly usualIntervalMs: number | null
  readonly drops: Readonly<Record<string, number>>
}

/** The engine as the main thread sees it. */
export interface EngineControl extends PortalControl, PendingControl {
  /** Resolves once sign-ins are decided by what is saved now; rejects when the engine does not answer within 10 s. */
  configChanged(notice: ConfigNotice): Promise<void>
  status(): Promise<EngineStatus>
  /** Gives up all accounting that waits to be forwarded. */
  discardOutbox(): Promise<void>
  /** Opens a port for one test sign-in; rejects where the client is not served, or too many are open. */
  openTestPort(request: TestPortRequest, onNews: (news: TestNews) => void): Promise<TestPort>
}
