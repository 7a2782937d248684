/** When each client's life was last written down: once a minute is enough, and at once when it first proves itself. */

const everyMs = 60_000

export class ClientsSeen {
  readonly #noted = new Map<string, number>()
  readonly #proven = new Set<string>()

  /** @param clients whose valid Message-Authenticator is known already */
  constructor(clients: readonly { readonly id: string; readonly messageAuthenticatorSeen: boolean }[]) {
    for (const client of clients) if (client.messageAuthenticatorSeen) this.#proven.add(client.id)
  }

  /** Whether to write down that the client was seen now. */
  due(clientId: string, nowMs: number, messageAuthenticator: boolean): boolean {
    const news = messageAuthenticator && !this.#proven.has(clientId)
    if (!news && nowMs - (this.#noted.get(clientId) ?? -everyMs) < everyMs) return false
    this.#noted.set(clientId, nowMs)
    if (messageAuthenticator) this.#proven.add(clientId)
    return true
  }

  /** *auto*: once it has sent a valid one, its requests without it are dropped (CVE-2024-3596). */
  hasProven(clientId: string): boolean {
    return this.#proven.has(clientId)
  }
}
