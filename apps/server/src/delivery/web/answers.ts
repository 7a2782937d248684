/** What callbacks are answered with. */
import type { CallbackAnswer } from '../../bus/gateway-callbacks.ts'

export const taken: CallbackAnswer = { status: 204, headers: {}, body: '' }
/** The same whatever was wrong, so that it teaches nobody how to come closer. */
export const refusedCallback: CallbackAnswer = plain(403, 'Refused.')
export const unknownCallback: CallbackAnswer = plain(404, 'Not found.')
export const badCallback: CallbackAnswer = plain(400, 'Not understood.')

function plain(status: number, body: string): CallbackAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}
