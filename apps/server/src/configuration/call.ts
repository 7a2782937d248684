/** Calls a handler of the API without HTTP, with what it would have got from there. */
import type { Endpoint } from '@sallyport/contract'
import type { Actor } from '@sallyport/store'
import type { Exchange, Handler } from '../http/handlers.ts'
import type { Plain } from './plain.ts'

interface Input {
  readonly params?: Plain
  readonly query?: Plain
  readonly body?: Plain
}

export type Call = <E extends Endpoint>(handler: Handler<E>, input: Input) => Promise<unknown>

export function createCall(actor: Actor): Call {
  const caller = { actor }
  return <E extends Endpoint>(handler: Handler<E>, input: Input) =>
    // What is passed has been through the endpoint's schema; handlers of settings look at nothing else of an exchange.
    handler({ params: undefined, query: undefined, body: undefined, ...input, caller } as unknown as Exchange<E>)
}
