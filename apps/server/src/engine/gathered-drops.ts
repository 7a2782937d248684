/**
 * Datagrams that meet silence, as a security team wants to read of them: one line a minute at most for each reason and
 * address, with how many it stands for, however hard somebody floods.
 */
import type { SignInReason } from '@sallyport/contract'
import type { EngineClient, JournalRecord } from '@sallyport/store/engine'
import { readAttribute, type Drop } from '@sallyport/radius'

/** The drops that are worth a line; the others are counted only. */
const reasons: Partial<Record<Drop<EngineClient>['reason'], SignInReason>> = {
  'unknown-client': 'unknown-client',
  'message-authenticator-invalid': 'wrong-shared-secret',
  'message-authenticator-missing': 'message-authenticator-missing',
  'proxy-state-without-message-authenticator': 'proxy-state-unprotected',
  'pending-limit': 'overloaded',
}

interface Gathering {
  readonly drop: Drop<EngineClient>
  readonly reason: SignInReason
  count: number
  untilMs: number
}

const minuteMs = 60_000
/** Beyond this many addresses at once, the counters alone tell. */
const addressesAtMost = 1_000

export class GatheredDrops {
  readonly #gathering = new Map<string, Gathering>()
  readonly #write: (record: JournalRecord) => void
  readonly #clock: () => number
  readonly #newId: () => string

  constructor(options: { write: (record: JournalRecord) => void; clock: () => number; newId: () => string }) {
    this.#write = options.write
    this.#clock = options.clock
    this.#newId = options.newId
  }

  note(drop: Drop<EngineClient>): void {
    const reason = reasons[drop.reason]
    if (!reason) return
    const key = `${reason} ${drop.client?.id ?? drop.source.address}`
    const known = this.#gathering.get(key)
    if (known) {
      known.count++
      return
    }
    if (this.#gathering.size >= addressesAtMost) return
    const gathering = { drop, reason, count: 0, untilMs: this.#clock() + minuteMs }
    this.#gathering.set(key, gathering)
    // The first one is told at once; those of the following minute together.
    this.#tell(gathering, 1)
  }

  /** Tells what has gathered for a minute; to be called every few seconds. */
  sweep(): void {
    const now = this.#clock()
    for (const [key, gathering] of this.#gathering) {
      if (gathering.untilMs > now) continue
      if (gathering.count === 0) {
        this.#gathering.delete(key)
        continue
      }
      this.#tell(gathering, gathering.count)
      gathering.count = 0
      gathering.untilMs = now + minuteMs
    }
  }

  #tell({ drop, reason }: Gathering, count: number): void {
    const now = this.#clock()
    const { client, packet, source } = drop
    this.#write({
      kind: 'sign-in',
      signIn: {
        id: this.#newId(),
        atMs: now,
        username: printable(packet && readAttribute(packet, 'User-Name')),
        userId: null,
        userName: null,
        clientId: client?.id ?? null,
        clientName: client ? client.applicationName || client.address : null,
        clientAddress: source.address,
        callingStation: null,
        method: 'none',
        factor: null,
        result: 'unanswered',
        reason,
        durationMs: 0,
        count,
        roundNumber: 1,
        roundJson: null,
        roundAtMs: now,
      },
    })
  }
}

/** Nothing in a dropped packet is trusted, its name no more than the rest. */
function printable(name: string | undefined): string {
  return (name ?? '').replace(/\p{Cc}/gu, '').slice(0, 253)
}
