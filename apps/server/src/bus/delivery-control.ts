/** The room that reaches people, as the console's part of the server sees it. */

export interface DeliveryControl {
  /** Resolves once messages go by what is saved now. */
  gatewaysChanged(): Promise<void>
  health(): readonly {
    readonly id: string
    readonly state: 'unknown' | 'up' | 'suspect'
    readonly sinceMs: number | null
    readonly problem: string | null
  }[]
  /** Sends a real test message through one gateway; undefined where it is not enabled. */
  test(gatewayId: string, to: string): Promise<GatewayTest | undefined>
}

export interface GatewayTest {
  readonly ok: boolean
  /** What came of it, in one sentence. */
  readonly message: string
  /** What the gateway answered in its own words, without our secrets. */
  readonly said: string | null
  readonly durationMs: number
}
