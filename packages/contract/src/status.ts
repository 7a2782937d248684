/** Status: is it working, for whom not, and what needs somebody. */
import { z } from 'zod'
import { timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { radiusSocket, targetKind } from './radius.ts'
import { everyRole } from './roles.ts'
import { signInReason } from './sign-in.ts'

export const statusView = z.object({
  now: timestamp,
  startedAt: timestamp,
  version: z.string(),
  radius: z.object({
    enabled: z.boolean(),
    /** `on`: every socket listens. `degraded`: some. `off`: none, on purpose. `failed`: none, against the settings. */
    state: z.enum(['on', 'degraded', 'off', 'failed']),
    sockets: z.array(radiusSocket),
    /** False: sign-ins are refused, because what happens could not be written down. */
    logWritable: z.boolean(),
    /** Sign-ins in the engine's hands at this moment. */
    inFlight: z.int(),
    /** Challenges that wait for a code. */
    openChallenges: z.int(),
  }),
  target: z.object({
    kind: targetKind,
    servers: z.array(
      z.object({
        server: z.string(),
        state: z.enum(['unknown', 'up', 'suspect', 'down']),
        since: timestamp.nullable(),
        problem: z.string().nullable(),
      }),
    ),
  }),
  /** Sixty minutes, oldest first; minutes with nothing are there with zeros. */
  lastHour: z.array(
    z.object({ minute: timestamp, accepted: z.int(), rejected: z.int(), challenged: z.int(), unanswered: z.int() }),
  ),
  /** The last hour's refusals, commonest first. */
  reasons: z.array(z.object({ reason: signInReason, count: z.int() })),
  /** Datagrams dropped since the engine started, by name, commonest first. */
  drops: z.array(z.object({ name: z.string(), count: z.int() })),
  counts: z.object({ users: z.int(), clients: z.int(), tokens: z.int() }),
  /** What an administrator would do next. */
  worthDoing: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('configure-ldap') }),
      z.object({ kind: z.literal('choose-target') }),
      z.object({ kind: z.literal('add-client') }),
      z.object({ kind: z.literal('add-user') }),
      z.object({ kind: z.literal('enable-radius') }),
      z.object({ kind: z.literal('users-without-factor'), count: z.int() }),
      z.object({ kind: z.literal('client-without-message-authenticator'), clientId: z.uuid(), name: z.string() }),
      z.object({ kind: z.literal('radsec-certificate'), subject: z.string(), state: z.enum(['expiring', 'expired']) }),
      /** Of console or portal; `not-served`: something else is shown than what was chosen. */
      z.object({
        kind: z.literal('listener-certificate'),
        listener: z.enum(['console', 'portal']),
        state: z.enum(['expiring', 'expired', 'not-served']),
      }),
      /** Whose second factor is off, and who are let in on the password alone. */
      z.object({ kind: z.literal('factor-off-let-in'), count: z.int() }),
      z.object({ kind: z.literal('ldap-without-tls') }),
      z.object({ kind: z.literal('socket-failed'), port: z.int(), problem: z.string() }),
      z.object({ kind: z.literal('target-down'), server: z.string() }),
      /** No further accounting is answered. */
      z.object({ kind: z.literal('accounting-outbox-full'), count: z.int() }),
      /** The oldest has waited for ten minutes or more. */
      z.object({ kind: z.literal('accounting-waits'), count: z.int(), since: timestamp }),
      /** And no server takes it any more. */
      z.object({ kind: z.literal('accounting-untaken'), count: z.int() }),
      /** Of a log receiver: what waits for it has waited for ten minutes or more. */
      z.object({ kind: z.literal('log-receiver-behind'), name: z.string(), count: z.int(), since: timestamp }),
      /** A saved report that could not be mailed, or whose schedule was stopped. */
      z.object({ kind: z.literal('report-unsent'), name: z.string(), problem: z.string() }),
    ]),
  ),
})
export type StatusView = z.infer<typeof statusView>

export const status = {
  read: endpoint({
    method: 'GET',
    path: '/api/status',
    summary: 'How the server does, and the last hour in numbers.',
    tag: 'Status',
    access: everyRole,
    response: statusView,
  }),
}
