/** Error-Cause of RFC 5176 §3.5 (first in RFC 3576): why a Disconnect or CoA failed, or what Protocol-Error means. */
import { defineIn } from './definition.ts'

const { enumerated } = defineIn('standard')

/** @see {@link https://www.rfc-editor.org/rfc/rfc5176#section-3.5 RFC 5176 §3.5} */
export const rfc5176 = {
  'Error-Cause': enumerated(101, {
    'Residual-Context-Removed': 201,
    'Invalid-EAP-Packet': 202,
    'Unsupported-Attribute': 401,
    'Missing-Attribute': 402,
    'NAS-Identification-Mismatch': 403,
    'Invalid-Request': 404,
    'Unsupported-Service': 405,
    'Unsupported-Extension': 406,
    'Invalid-Attribute-Value': 407,
    'Administratively-Prohibited': 501,
    'Proxy-Request-Not-Routable': 502,
    'Session-Context-Not-Found': 503,
    'Session-Context-Not-Removable': 504,
    'Proxy-Processing-Error': 505,
    'Resources-Unavailable': 506,
    'Request-Initiated': 507,
    'Multiple-Session-Selection-Unsupported': 508,
    // RFC 7930 §4
    'Response-Too-Big': 601,
  }),
} as const
