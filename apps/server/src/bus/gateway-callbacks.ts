/** What gateways call us back with, between the listener that they reach and the room that believes them or not. */

/** A gateway's request to us, as whoever listens received it. */
export interface CallbackRequest {
  readonly method: string
  /** As the gateway knows it, with its query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** As it came, at most 64 KiB. */
  readonly body: string
}

export interface CallbackAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface CallbackControl {
  /** Verified by the gateway's own proof, or refused: nothing of it is believed before. */
  handleCallback(gatewayId: string, kind: string, request: CallbackRequest): Promise<CallbackAnswer>
}
