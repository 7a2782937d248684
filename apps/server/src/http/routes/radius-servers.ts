/** The servers of the target *RADIUS server(s)*: each change is in force when the answer goes out. */
import { X509Certificate, createPrivateKey } from 'node:crypto'
import {
  isSameAddress,
  type api,
  type ChangeRadiusServerInput,
  type CreateRadiusServerInput,
  type FieldProblem,
  type RadiusServerView,
} from '@sallyport/contract'
import type { RadiusServerRecord, Store } from '@sallyport/store'
import type { EngineControl, EngineStatus } from '../../bus/notices.ts'
import { serverName } from '../../radius-servers/server-name.ts'
import { testRadiusServer } from '../../radius-servers/test-server.ts'
import { withSecrets } from '../../radius-servers/with-secrets.ts'
import { changed } from '../change-problems.ts'
import { statusOf } from '../engine-view.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import type { PasswordTrials } from '../password-trials.ts'
import { ApiProblem, invalidInput } from '../problems.ts'

export interface RadiusServerRouteDependencies {
  readonly store: Pick<Store, 'audit' | 'settings' | 'radiusServers'>
  readonly engine: EngineControl
  readonly trials: PasswordTrials
}

const gone = 'This RADIUS server is not in the list any more.'
const words = {
  view: (record: RadiusServerRecord) => serverView(record, null),
  gone,
  taken: { host: 'This server is in the list already, with this port and transport.' },
}

export function radiusServerHandlers({
  store,
  engine,
  trials,
}: RadiusServerRouteDependencies): Handlers<typeof api.radiusServers> {
  const viewed = async (record: RadiusServerRecord) => serverView(record, await statusOf(engine))
  const list = async () => {
    const [rows, status] = await Promise.all([store.radiusServers.list(), statusOf(engine)])
    return { rows: rows.map((row) => serverView(row, status)) }
  }
  const apply = () => putInForce(engine, { topic: 'target' })
  return {
    list,
    async create({ body, caller }) {
      const input = complete(body)
      checkSecrets(input, undefined)
      const server = changed(await store.radiusServers.create(input, caller.actor), words)
      await apply()
      return viewed(server)
    },
    async change({ params, body, caller }) {
      const input = complete(body)
      const present = (await store.radiusServers.list()).find((row) => row.id === params.id)
      checkSecrets(input, present)
      const change = { ...input, version: body.version }
      const server = changed(await store.radiusServers.change(params.id, change, caller.actor), words)
      await apply()
      return viewed(server)
    },
    async move({ params, body, caller }) {
      changed(await store.radiusServers.move(params.id, body.direction, caller.actor), words)
      await apply()
      return list()
    },
    async remove({ params, query, caller }) {
      const rows = await store.radiusServers.list()
      const isLast = rows.length === 1 && rows[0]?.id === params.id
      if (isLast && (await store.settings.target()).kind === 'radius') {
        throw new ApiProblem('in-use', {
          detail: 'It is the only server of the target: choose another target first, or add another server.',
        })
      }
      changed(await store.radiusServers.remove(params.id, query.version, caller.actor), words)
      await apply()
      return undefined
    },
    async test({ params, body, caller }) {
      const record = (await store.radiusServers.list()).find((row) => row.id === params.id)
      if (record === undefined) throw new ApiProblem('not-found', { detail: gone })
      const server = await withSecrets(store, record)
      if (body.username === '') return testRadiusServer(server)
      const proven = trials.begin(caller, body.username)
      const { username } = body
      await store.audit.noteTargetTest({ username, target: 'radius', server: serverName(record) }, caller.actor)
      const result = await testRadiusServer(server, body)
      if (result.ok) proven()
      return result
    },
    readTarget: () => store.settings.radiusTarget(),
    async changeTarget({ body, caller }) {
      const outcome = await store.settings.changeRadiusTarget(body, caller.actor)
      const settings = changed(outcome, { view: (current) => current, gone: 'The settings do not exist.' })
      await apply()
      return settings
    },
  }
}

/** What belongs to the other transport is not kept. */
function complete<Input extends CreateRadiusServerInput | ChangeRadiusServerInput>(input: Input): Input {
  const text = (value: string | null) => (value === null || value === '' ? null : `${value}\n`)
  const isRadsec = input.transport === 'radsec'
  const { privateKey } = input
  return {
    ...input,
    // RFC 6614 §2.1: one port for all.
    accountingPort: isRadsec && input.accountingPort !== null ? input.authenticationPort : input.accountingPort,
    caPem: isRadsec ? text(input.caPem) : null,
    certificatePem: isRadsec ? text(input.certificatePem) : null,
    privateKey: privateKey === undefined || privateKey === '' ? undefined : `${privateKey}\n`,
  }
}

/** @throws ApiProblem `invalid-input` where a server could not be asked with what there is */
function checkSecrets(input: CreateRadiusServerInput, present: RadiusServerRecord | undefined): void {
  const problems: FieldProblem[] = []
  const note = (path: string, message: string) => problems.push({ path, message })
  if (input.transport === 'udp') {
    if (input.sharedSecret === undefined) {
      if (present?.hasSharedSecret !== true) {
        note('sharedSecret', 'Enter the shared secret that is set for this machine at the server.')
      } else if (!isSameAddress(present, input)) {
        note('sharedSecret', 'The address or a port is another one: enter the shared secret for it again.')
      }
    }
  } else {
    if (!isCertificate(input.caPem))
      note('caPem', 'Paste the PEM of the authority that the server’s certificate is from.')
    if (!isCertificate(input.certificatePem))
      note('certificatePem', 'Paste the PEM of the certificate for this machine.')
    if (input.privateKey === undefined && present?.hasPrivateKey !== true) {
      note('privateKey', 'Paste the PEM of the certificate’s private key.')
    } else if (input.privateKey !== undefined && !fits(input.privateKey, input.certificatePem)) {
      note('privateKey', 'This is not the unencrypted private key of that certificate.')
    } else if (input.privateKey === undefined && present && present.certificatePem !== input.certificatePem) {
      note('privateKey', 'Paste the private key of the new certificate too.')
    }
  }
  if (problems.length > 0) throw invalidInput(...problems)
}

function isCertificate(pem: string | null): boolean {
  try {
    return pem !== null && new X509Certificate(pem).fingerprint256 !== ''
  } catch {
    return false
  }
}

function fits(key: string, certificatePem: string | null): boolean {
  try {
    return new X509Certificate(certificatePem ?? '').checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

function serverView(record: RadiusServerRecord, status: EngineStatus | null): RadiusServerView {
  const health = status?.targetServers.find(({ id }) => id === record.id)
  return {
    ...record,
    messageAuthenticatorSeenAt: record.messageAuthenticatorSeenAt?.toISOString() ?? null,
    accounting: accountingView(record, status),
    health:
      health === undefined
        ? null
        : {
            state: health.state,
            since: health.sinceMs === null ? null : new Date(health.sinceMs).toISOString(),
            problem: health.problem,
            latencyMs: health.latencyMs ?? null,
            rejected: Object.entries(health.rejected ?? {})
              .map(([name, count]) => ({ name, count }))
              .sort((one, other) => other.count - one.count),
          },
  }
}

function accountingView({ id }: RadiusServerRecord, status: EngineStatus | null): RadiusServerView['accounting'] {
  const server = status?.forwarding?.servers.find((each) => each.id === id)
  if (server === undefined) return null
  const { state, sinceMs, problem, acknowledged } = server
  return { state, since: new Date(sinceMs).toISOString(), problem, acknowledged }
}
