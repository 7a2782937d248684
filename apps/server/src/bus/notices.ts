/** The small notices by which the server's threads keep each other up to date; what they are about is in the store. */
import type { RadiusSocket, RadsecSocket } from '@sallyport/contract'
import type { TestNews, TestPort, TestPortRequest } from './test-port.ts'

/** Something that sign-ins depend on was saved. Tokens are named by the users that they belonged or belong to. */
export type ConfigNotice =
  | { readonly topic: 'radius' }
  | { readonly topic: 'clients' }
  | { readonly topic: 'reply-rules' }
  | { readonly topic: 'target' }
  | { readonly topic: 'users'; readonly ids: readonly string[] }

/** How the engine does at this moment. */
export interface EngineStatus {
  readonly radsecSockets: readonly RadsecSocket[]
  readonly sockets: readonly RadiusSocket[]
  /** False: sign-ins are refused, because what happens could not be written down. */
  readonly logWritable: boolean
  readonly inFlight: number
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
  /** Datagrams dropped since the engine started, by name. */
  readonly drops: Readonly<Record<string, number>>
}

/** The engine as the main thread sees it. */
export interface EngineControl {
  /** Resolves once sign-ins are decided by what is saved now; rejects when the engine does not answer within 10 s. */
  configChanged(notice: ConfigNotice): Promise<void>
  status(): Promise<EngineStatus>
  /** Opens a port for one test sign-in; rejects where the client is not served, or too many are open. */
  openTestPort(request: TestPortRequest, onNews: (news: TestNews) => void): Promise<TestPort>
}
