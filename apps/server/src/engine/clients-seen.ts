/** When each client's life was last written down: once a minute is enough, and at once when it shows something new. */
import type { SignInMethod } from '@sallyport/contract'

/** What a request shows of its client. */
export interface ClientSign {
  readonly messageAuthenticator: boolean
  readonly proxyState: boolean
  readonly method: SignInMethod
}

const everyMs = 60_000

export class ClientsSeen {
  readonly #noted = new Map<string, number>()
  readonly #proven = new Set<string>()
  readonly #shown = new Set<string>()

  /** @param clients whose valid Message-Authenticator is known already */
  constructor(clients: readonly { readonly id: string; readonly messageAuthenticatorSeen: boolean }[]) {
    for (const client of clients) if (client.messageAuthenticatorSeen) this.#proven.add(client.id)
  }

  /** Whether to write down that the client was seen now. */
  due(clientId: string, nowMs: number, { messageAuthenticator, proxyState, method }: ClientSign): boolean {
    let news = messageAuthenticator && !this.#proven.has(clientId)
    if (news) this.#proven.add(clientId)
    if (proxyState && this.#isNew(`${clientId} proxy-state`)) news = true
    if (this.#isNew(`${clientId} ${method}`)) news = true
    if (!news && nowMs - (this.#noted.get(clientId) ?? -everyMs) < everyMs) return false
    this.#noted.set(clientId, nowMs)
    return true
  }

  /** *auto*: once it has sent a valid one, its requests without it are dropped (CVE-2024-3596). */
  hasProven(clientId: string): boolean {
    return this.#proven.has(clientId)
  }

  #isNew(sign: string): boolean {
    if (this.#shown.has(sign)) return false
    this.#shown.add(sign)
    return true
  }
}
