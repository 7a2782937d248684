/** What each type of gateway is to the room: something that tries to send, and may hear from its other side later. */
import type { GatewayConfiguration, GatewayType } from '@sallyport/contract'
import type { CallbackAnswer, CallbackRequest } from '../../bus/gateway-callbacks.ts'
import type { JudgeKeys } from '../types.ts'

/** One gateway as it was saved, its secrets open. */
export interface AnyGatewaySettings {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  readonly configuration: GatewayConfiguration
  /** What we show it: password, token, key. */
  readonly secret?: string | undefined
  /** What it shows us. */
  readonly callbackSecret?: string | undefined
}

/** One of a type. */
export interface GatewaySettings<Type extends GatewayType> extends AnyGatewaySettings {
  readonly configuration: Extract<GatewayConfiguration, { readonly type: Type }>
}

/**
 * What came of one try: `refused` is known not to have been sent; `unknown` may have been. `said` is what the gateway answered in its own
 * words, for an administrator's test alone: it may repeat the message.
 */
export type Attempt =
  | { readonly kind: 'taken'; readonly references: readonly string[]; readonly said?: string }
  | {
      readonly kind: 'refused'
      readonly problem: string
      /** True: this job will never get through here (a number that does not exist). */
      readonly permanent: boolean
      /** True: the next job would fare no better, whatever it is. */
      readonly suspect: boolean
      readonly said?: string
    }
  | { readonly kind: 'unknown'; readonly problem: string; readonly said?: string }

export interface Try {
  /** Ends with the try's own window. What was not sent by then must not be. */
  readonly signal: AbortSignal
  readonly windowMs: number
}

export interface Gateway<Job> {
  /** Never throws; settles soon after the signal. */
  send(job: Job, tried: Try): Promise<Attempt>
  /** Absent: nothing calls back. */
  callback?(kind: string, request: CallbackRequest): Promise<CallbackAnswer>
  close(): void
}

export function refused(
  problem: string,
  more: { permanent?: boolean; suspect?: boolean; said?: string } = {},
): Attempt {
  const { permanent = false, suspect = !permanent, said } = more
  return { kind: 'refused', problem, permanent, suspect, ...(said === undefined ? {} : { said }) }
}

export function unknown(problem: string): Attempt {
  return { kind: 'unknown', problem }
}

/** What a gateway may tell the room of. */
export interface GatewayNews {
  readonly clock: () => number
  /** `references` are one message's, as different networks spell them. */
  readonly receipt: (references: readonly string[], state: 'delivered' | 'failed' | 'unknown', detail: string) => void
  readonly reply: (message: { readonly from: string; readonly to: string; readonly text: string }) => void
  readonly call: (jobId: string, event: 'answered' | 'busy' | 'no-answer' | 'hung-up' | 'failed') => void
  readonly judgeKeys: JudgeKeys
}
