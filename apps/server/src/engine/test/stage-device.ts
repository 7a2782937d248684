/** A device that asks the stages themselves, without sockets: every method of authentication, and a target that lets everybody in. */
import { randomBytes, randomUUID } from 'node:crypto'

import {
  attribute,
  createSharedSecret,
  decodePacket,
  encodeRequest,
  generateNtResponse,
  hideUserPassword,
  mschapV2Response,
  ntPasswordHash,
  packetCodes,
  readAttribute,
  type Attribute,
  type Response,
} from '@sallyport/radius'
import type { EngineClient, EngineUser, JournalRecord } from '@sallyport/store/engine'

import type { AccessRequest } from '../../access/access-request.ts'
import { SignInsInHand } from '../../access/joining.ts'
import { createReplyRules } from '../../access/reply-rules.ts'
import { standingRules } from '../../access/standing/rules.ts'
import { runAccess } from '../../access/walk.ts'
import type { Tools } from '../../access/tools.ts'
import type { Verdict } from '../../access/verdict.ts'
import { ChallengesInMemory } from '../challenge-table.ts'
import { FactorPassesInMemory } from '../factor-passes.ts'
import { CodeGuessesInMemory } from '../code-guesses.ts'
import { UsersInMemory } from '../user-table.ts'
import { createPeople, type People } from './people.ts'

export type Carrier = 'PAP' | 'MS-CHAPv2' | 'EAP'

export interface StageDevice {
  readonly people: People
  readonly users: UsersInMemory
  readonly durable: JournalRecord[]
  client: EngineClient
  /** Milliseconds since 1970. */
  nowMs: number
  /** Sends one request; what is typed goes where the method has it. */
  readonly ask: (typed: string, by?: Carrier, state?: Uint8Array, more?: readonly Attribute[]) => Promise<Asked>
}

export interface Asked {
  /** Null: it joined another one. */
  readonly verdict: Verdict | null
  readonly state: Uint8Array | undefined
  readonly message: string | undefined
}

const secret = createSharedSecret('a shared secret of a test')
export const deviceToken = Buffer.from('12345678901234567890')

/**
 * One user, whose name every request carries.
 * @param before the server was killed and started again: what it had written down is all that is left
 */
export function createStageDevice(user: EngineUser, client: EngineClient, before?: StageDevice): StageDevice {
  const users = new UsersInMemory()
  users.load([user])
  const durable: JournalRecord[] = [...(before?.durable ?? [])]
  const device: { nowMs: number; client: EngineClient } = { nowMs: before?.nowMs ?? Date.UTC(2026, 0, 5, 12), client }
  const clock = () => device.nowMs
  const append = async (records: readonly JournalRecord[]) => void durable.push(...records)
  const people = createPeople({ users: () => users, clock, append })
  const challenges = new ChallengesInMemory()
  const rows = rowsOf(durable)
  challenges.load(rows.challenges)
  people.table.load(rows.requests)
  const tools: Tools = {
    ...people.tools,
    ...{ clock, users, record: append, dryRun: false },
    stopwatch: clock,
    challenges,
    passwords: { find: () => undefined, change: () => undefined },
    codeGuesses: new CodeGuessesInMemory(() => people.company.lockout),
    standing: () => standingRules({ cacheRules: [], trustedNetworks: [] }),
    passes: new FactorPassesInMemory([]),
    passwordMark: () => 'mark',
    replyRules: () => createReplyRules([]),
    inHand: new SignInsInHand(Buffer.alloc(32, 7)),
    target: () => ({
      kind: 'radius',
      methods: ['pap', 'chap', 'ms-chap', 'eap'],
      check: ({ username }) => Promise.resolve({ kind: 'ok', server: 'target', names: [username], detail: '' }),
      health: () => [],
      close: () => Promise.resolve(),
    }),
    unsealToken: () => deviceToken,
    randomState: () => randomBytes(16).toString('base64url'),
    clientsSeen: { due: () => false },
    later: (_delayMs, call) => call(),
    onError: (error) => {
      throw error
    },
  }

  async function ask(
    typed: string,
    by: Carrier = 'PAP',
    state?: Uint8Array,
    more: readonly Attribute[] = [],
  ): Promise<Asked> {
    const authenticator = randomBytes(16)
    const attributes = [
      attribute('User-Name', user.username),
      ...proofs[by](typed, user.username, authenticator),
      ...(state ? [attribute('State', state)] : []),
      ...more,
    ]
    const decoded = decodePacket(
      encodeRequest({ code: packetCodes.accessRequest, identifier: 1, authenticator, secret, attributes }),
    )
    if (!decoded.ok) throw new Error(decoded.failure)
    const answers: Response[] = []
    const request: AccessRequest = {
      packet: decoded.packet,
      source: { address: '192.0.2.1', port: 40_000, family: 'IPv4' },
      localPort: 1812,
      client: device.client,
      secret,
      messageAuthenticator: 'valid',
      superseded: false,
      respond: (response) => {
        answers.push(response)
        return 'sent'
      },
      ignore: () => undefined,
    }
    const verdict = await new Promise<Verdict | null>((ended) => runAccess(request, randomUUID(), tools, ended))
    const [answer] = answers
    return {
      verdict,
      state: answer && readAttribute(answer, 'State'),
      message: answer && readAttribute(answer, 'Reply-Message'),
    }
  }
  return Object.assign(device, { people, users, durable, ask })
}

const proofs: Record<Carrier, (typed: string, name: string, authenticator: Uint8Array) => readonly Attribute[]> = {
  PAP: (typed, _name, authenticator) => [{ type: 2, value: hideUserPassword(typed, secret, authenticator) }],
  'MS-CHAPv2': (typed, name) => {
    const [challenge, peerChallenge] = [randomBytes(16), randomBytes(16)]
    const ntResponse = generateNtResponse(challenge, peerChallenge, name, ntPasswordHash(typed))
    return [attribute('MS-CHAP-Challenge', challenge), mschapV2Response({ ident: 1, peerChallenge, ntResponse })]
  },
  EAP: () => [attribute('EAP-Message', Buffer.from([2, 1, 0, 4]))],
}

/** What the tables hold once everything is moved. */
function rowsOf(records: readonly JournalRecord[]) {
  const challenges = new Map<string, string>()
  const requests = new Map<string, string>()
  for (const record of records) {
    if (record.kind === 'challenge-opened') challenges.set(record.challenge.state, record.challenge.body)
    if (record.kind === 'challenge-closed') challenges.delete(record.state)
    if (record.kind === 'factor-request') requests.set(record.request.id, record.request.body)
  }
  return { challenges: [...challenges.values()], requests: [...requests.values()] }
}
