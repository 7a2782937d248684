/** Test sign-in: a RADIUS simulator that sends real packets to the real engine, for administrators alone. */
import { z } from 'zod'
import { byId, id, line, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { signInDetails } from './reports.ts'
import { administratorsOnly } from './roles.ts'
import { traceFact } from './sign-in.ts'

/** How the simulated device proves the password: RFC 2865 §5.2, §5.3, and RFC 2759. */
export const testSignInMethod = z.enum(['pap', 'chap', 'ms-chap-v2'])
export type TestSignInMethod = z.infer<typeof testSignInMethod>

/**
 * What an administrator may add to the request, by its name in the dictionary: what devices say about themselves and about
 * where the person is. Nothing that names the user, proves a password or continues a sign-in is among them.
 */
export const testAttributeName = z.enum([
  'NAS-Identifier',
  'NAS-IP-Address',
  'NAS-IPv6-Address',
  'NAS-Port',
  'NAS-Port-Id',
  'NAS-Port-Type',
  'Calling-Station-Id',
  'Called-Station-Id',
  'Service-Type',
  'Framed-Protocol',
  'Framed-IP-Address',
  'Framed-MTU',
  'Connect-Info',
  'Login-IP-Host',
  'Login-Service',
  'Acct-Session-Id',
])
export type TestAttributeName = z.infer<typeof testAttributeName>

export const testAttribute = z.strictObject({
  name: testAttributeName,
  /** Empty: left out. */
  value: line(253),
})

/** The password is used once, and kept nowhere. */
export const startTestSignInInput = z.strictObject({
  clientId: z.uuid('Choose a RADIUS client.'),
  username: line(253).min(1, 'Enter the name of a user.'),
  password: z.string().min(1, 'Enter that user’s password.').max(128, 'At most 128 characters.'),
  method: testSignInMethod,
  /** Up to the second factor: nobody is asked for anything, no code is used up, and nobody is let in. */
  dryRun: z.boolean(),
  attributes: z.array(testAttribute).max(16, 'At most 16 attributes.'),
})
export type StartTestSignInInput = z.input<typeof startTestSignInInput>

export const answerTestSignInInput = z.strictObject({
  answer: z.string().min(1, 'Enter the answer.').max(128, 'At most 128 characters.'),
})
export type AnswerTestSignInInput = z.infer<typeof answerTestSignInInput>

/** One datagram. Retransmissions are the same octets again: they are times of the first, not datagrams of their own. */
export const testDatagram = z.object({
  direction: z.enum(['sent', 'received']),
  /** 1 for the request that began the sign-in, 2 for the answer to its first challenge. */
  round: z.int(),
  /** When it was sent or received, in ms since the test began; more than one time where it was sent again. */
  atMs: z.array(z.number()).min(1),
  /** Null where the octets were no packet. */
  code: z.string().nullable(),
  identifier: z.int().nullable(),
  lengthBytes: z.int(),
  /** Passwords, proofs and keys are masked. */
  attributes: z.array(traceFact),
  messageAuthenticator: z.enum(['valid', 'absent', 'invalid', 'malformed']),
  /** Received ones: whether the reply was signed with the client's secret for this request. */
  authenticator: z.enum(['valid', 'invalid']).nullable(),
  /** Received ones: why it was not believed; null where it was. */
  refused: z.string().nullable(),
})
export type TestDatagram = z.infer<typeof testDatagram>

/** What MS-CHAP2-Success proves: that the server knew the password's hash too (RFC 2759 §5). */
export const mschapProof = z.enum(['right', 'wrong', 'missing'])

/**
 * How a test stands. `accepted`, `rejected`: the reply that the device would get. `unanswered`: silence. `dropped`: the
 * engine threw the packet away before anybody looked at it. `stopped`: ended by hand, by another test, or by its time.
 */
export const testSignInState = z.enum([
  'waiting',
  'challenged',
  'accepted',
  'rejected',
  'unanswered',
  'dropped',
  'stopped',
])
export type TestSignInState = z.infer<typeof testSignInState>

export const testSignInView = z.object({
  id,
  startedAt: timestamp,
  /** When the engine closes the test's port, whatever happens. */
  expiresAt: timestamp,
  client: z.object({ id, name: z.string() }),
  username: z.string(),
  method: testSignInMethod,
  dryRun: z.boolean(),
  /** Seconds until the device gives up on one request. */
  deviceTimeoutSeconds: z.int(),
  state: testSignInState,
  /** Why the engine dropped the packet, by name; only with `dropped`. */
  dropReason: z.string().nullable(),
  /** What a person reads on the device: Reply-Message, its parts joined; null without. */
  message: z.string().nullable(),
  /** Null unless MS-CHAPv2 was accepted. */
  mschapProof: mschapProof.nullable(),
  /** What MS-CHAP-Error says; null without. */
  mschapError: z.object({ code: z.int(), retry: z.boolean(), message: z.string().nullable() }).nullable(),
  datagrams: z.array(testDatagram),
  /** The sign-in as the log has it, with its trace; null until the first request was decided. */
  signIn: signInDetails.nullable(),
})
export type TestSignInView = z.infer<typeof testSignInView>

const tag = 'Test sign-in'
const path = '/api/test-sign-ins'

export const testSignIns = {
  start: endpoint({
    method: 'POST',
    path,
    summary: 'Sends an Access-Request as this client’s device would; the answer comes at once, the rest by reading on.',
    tag,
    access: administratorsOnly,
    body: startTestSignInInput,
    response: testSignInView,
  }),
  read: endpoint({
    method: 'GET',
    path: `${path}/:id`,
    summary: 'A test of one’s own as it stands; waits up to two seconds for news while the device waits.',
    tag,
    access: administratorsOnly,
    params: byId,
    response: testSignInView,
  }),
  answer: endpoint({
    method: 'POST',
    path: `${path}/:id/answer`,
    summary: 'Answers the challenge of one’s own test.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: answerTestSignInInput,
    response: testSignInView,
  }),
  stop: endpoint({
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Ends one’s own test and closes its port.',
    tag,
    access: administratorsOnly,
    params: byId,
    response: testSignInView,
  }),
}
