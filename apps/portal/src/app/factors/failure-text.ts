/** Says in the reader's language why something was not done. */
import type { PortalProblem } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'

const known = ['in-use', 'not-allowed', 'not-found', 'too-many-requests', 'unavailable', 'unreachable']
const fields = ['code', 'serialNumber', 'firstCode', 'secondCode', 'name']

export function failureText({ code, errors }: PortalProblem): string {
  const field = errors[0]?.path ?? ''
  if (code === 'invalid-input' && fields.includes(field)) return t(`factors.wrong.${field}`)
  return t(`factors.failure.${known.includes(code) ? code : 'other'}`)
}
