/** One verdict for several requests of a sign-in: what is hidden in it for the first one, hidden anew for another. */
import type { AccessRequest } from './access-request.ts'
import { hold, release } from './held-attributes.ts'
import type { Verdict } from './verdict.ts'

/** The verdict as it is told to another request of the sign-in: what is hidden in it, hidden anew. */
export function verdictFor(verdict: Verdict, leader: AccessRequest, request: AccessRequest): Verdict {
  if (request === leader) return verdict
  switch (verdict.kind) {
    case 'accept':
      return { ...verdict, attributes: release(hold(verdict.attributes, leader), request) }
    case 'reject':
      return verdict.attributes
        ? { ...verdict, attributes: release(hold(verdict.attributes, leader), request) }
        : verdict
    case 'challenge':
      return typeof verdict.ask === 'string'
        ? verdict
        : { ...verdict, ask: release(hold(verdict.ask, leader), request) }
    case 'silence':
      return verdict
  }
}
