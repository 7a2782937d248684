/** Where a server is: its address, or what DNS says of its name, asked again when a minute has passed. */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

const freshForMs = 60_000
/** After a failure, so that a storm of sign-ins is none of look-ups. */
const failedForMs = 5_000

/** The addresses of a name, at least one; rejects with the system's error. */
export type LookUp = (name: string) => Promise<readonly string[]>

/** By the system's resolver, so that its hosts file counts too. */
export const systemLookUp: LookUp = async (name) => (await lookup(name, { all: true })).map(({ address }) => address)

export class HostAddress {
  readonly #host: string
  readonly #lookUp: LookUp
  #known: string | undefined
  #error: unknown
  #untilMs = 0
  #asking: Promise<void> | undefined

  constructor(host: string, lookUp: LookUp) {
    this.#host = host
    this.#lookUp = lookUp
    if (isIP(host) !== 0) {
      this.#known = host
      this.#untilMs = Infinity
    }
  }

  /** The address as far as it is known without waiting; one that has aged is good until DNS says something else. */
  now(nowMs: number): string | undefined {
    if (nowMs >= this.#untilMs) void this.#refresh(nowMs)
    return this.#known
  }

  /** Waits for DNS where nothing is known; rejects with the system's error. */
  async get(nowMs: number): Promise<string> {
    const known = this.now(nowMs)
    if (known !== undefined) return known
    await this.#asking
    if (this.#known !== undefined) return this.#known
    throw this.#error
  }

  #refresh(nowMs: number): Promise<void> {
    this.#asking ??= this.#lookUp(this.#host)
      .then(
        (addresses) => {
          // A name with several addresses names them in changing order: the one in use stays as long as it is among them.
          if (this.#known === undefined || !addresses.includes(this.#known)) this.#known = addresses[0]
          this.#untilMs = nowMs + freshForMs
        },
        (error: unknown) => {
          this.#error = error
          this.#untilMs = nowMs + failedForMs
        },
      )
      .finally(() => (this.#asking = undefined))
    return this.#asking
  }
}
