/** Takes what the RADIUS ports let in to where it is decided, and counts what is under way. */
import { packetCodes, type IncomingRequest, type PortKind } from '@sallyport/radius'
import type { EngineClient } from '@sallyport/store/engine'

import { runAccess } from '../access/walk.ts'
import type { Tools } from '../access/tools.ts'
import { runAccounting, type AccountingTools } from '../accounting/accounting.ts'
import type { AccountingForwarding } from './accounting-forwarding.ts'

type Request = IncomingRequest<EngineClient>

export interface IntakeNeeds {
  readonly tools: Tools
  readonly forwarding: AccountingForwarding
  readonly newId: () => string
  readonly kindOf: (localPort: number) => PortKind | undefined
}

export class Intake {
  readonly #needs: IntakeNeeds
  readonly #accountingTools: AccountingTools
  /** Accounting that was not taken, by the reason's name. */
  readonly drops: Record<string, number> = {}
  #deciding = 0
  #accounting = 0

  constructor(needs: IntakeNeeds) {
    this.#needs = needs
    const { tools, newId, forwarding } = needs
    const onDrop = (name: string) => (this.drops[name] = (this.drops[name] ?? 0) + 1)
    this.#accountingTools = { ...tools, newId, forwarding, onDrop }
  }

  /** Access-Requests that are being decided. */
  get deciding(): number {
    return this.#deciding
  }

  get isIdle(): boolean {
    return this.#deciding + this.#accounting === 0
  }

  readonly take = (request: Request): void => {
    const { tools, newId, kindOf } = this.#needs
    switch (request.packet.code) {
      case packetCodes.statusServer: {
        // RFC 5997 §3: the answer is what answers the requests of the port.
        const accounts = kindOf(request.localPort) === 'accounting'
        request.respond({ code: accounts ? packetCodes.accountingResponse : packetCodes.accessAccept, attributes: [] })
        return
      }
      case packetCodes.accountingRequest:
        this.#accounting++
        runAccounting(request, this.#accountingTools)
          .catch((error: unknown) => tools.onError(error, 'accounting'))
          .finally(() => this.#accounting--)
        return
      default:
        this.#deciding++
        runAccess(request, newId(), tools, this.#decided)
    }
  }

  /** Decides a request that came in by another way than the ports. */
  readonly decide = (request: Request, using: Tools): Promise<void> => {
    this.#deciding++
    return new Promise<void>((resolve) => runAccess(request, this.#needs.newId(), using, () => resolve())).then(
      this.#decided,
    )
  }

  /** One function for all: tens of thousands may be under way. */
  readonly #decided = (): void => {
    this.#deciding--
  }
}
