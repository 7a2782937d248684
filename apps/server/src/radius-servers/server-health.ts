/**
 * Whether a server lives, as its answers and its silence tell. Any answer is life; silence counts only from a request that was
 * sent after the last answer, so that one person whom a server keeps waiting does not make it dead.
 */
export type ServerState = 'unknown' | 'alive' | 'suspect' | 'dead'

export class ServerHealth {
  #state: ServerState = 'unknown'
  #sinceMs: number
  #problem: string | null = null
  #latencyMs: number | null = null
  #lifeAtMs = -Infinity
  #askedSinceMs: number | null = null

  constructor(nowMs: number) {
    this.#sinceMs = nowMs
  }

  get state(): ServerState {
    return this.#state
  }
  get sinceMs(): number {
    return this.#sinceMs
  }
  get problem(): string | null {
    return this.#problem
  }
  get latencyMs(): number | null {
    return this.#latencyMs
  }
  /** When it last answered anything. */
  get lifeAtMs(): number {
    return this.#lifeAtMs
  }

  /** How long it has been silent towards what was sent after its last answer; 0 where nothing was. */
  quietMs(nowMs: number): number {
    return this.#askedSinceMs === null ? 0 : nowMs - this.#askedSinceMs
  }

  asked(nowMs: number): void {
    this.#askedSinceMs ??= nowMs
  }

  answered(nowMs: number, roundTripMs: number): void {
    this.#lifeAtMs = nowMs
    this.#askedSinceMs = null
    this.#latencyMs = roundTripMs
    this.#become('alive', nowMs, null)
  }

  /** Something is wrong, or may be; a server that is dead stays so. */
  doubt(nowMs: number, problem: string): void {
    if (this.#state === 'dead') this.#problem = problem
    else this.#become('suspect', nowMs, problem)
  }

  die(nowMs: number, problem: string): void {
    this.#become('dead', nowMs, problem)
  }

  /** What is known of it is not enough to call it dead or alive. */
  note(problem: string): void {
    this.#problem = problem
  }

  #become(state: ServerState, nowMs: number, problem: string | null): void {
    if (this.#state !== state) {
      this.#state = state
      this.#sinceMs = nowMs
    }
    this.#problem = problem
  }
}
