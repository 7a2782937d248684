/** The engine: RADIUS sockets, what sign-ins need in memory, and the access pipeline. It reads the store and never writes it. */
import {
  createSharedSecret,
  createUdpServer,
  packetCodes,
  readAttribute,
  type IncomingRequest,
  type KnownClient,
} from '@sallyport/radius'
import type { EngineClient, EngineReader } from '@sallyport/store/engine'

import { createReplyRules } from '../access/reply-rules.ts'
import { SignInsInHand } from '../access/joining.ts'
import { reportFraud } from '../access/standing/report-fraud.ts'
import { standingRules } from '../access/standing/rules.ts'
import { runAccess } from '../access/stages.ts'
import type { Tools } from '../access/tools.ts'
import { runAccounting, type AccountingTools } from '../accounting/accounting.ts'
import type { ConfigNotice, EngineThreadStatus } from '../bus/notices.ts'
import type { PortalDecided, PortalPort } from '../bus/portal-port.ts'
import type { DeliveryKind, DeliveryOrder, PendingNews } from '../bus/pending.ts'
import { AccountingForwarding } from './accounting-forwarding.ts'
import { ChallengesInMemory } from './challenge-table.ts'
import { ClientTable } from './client-table.ts'
import { ClientsSeen } from './clients-seen.ts'
import { FactorPassesInMemory } from './factor-passes.ts'
import { CodeGuessesInMemory } from './code-guesses.ts'
import { createCurrentTarget } from './current-target.ts'
import type { DurableLog } from './durable-log.ts'
import { GatheredDrops } from './gathered-drops.ts'
import { PasswordsAhead } from './passwords-ahead.ts'
import { PendingTable } from './pending-table.ts'
import { createPinChecks } from './pin-checks.ts'
import { openPortalPort } from './portal-port.ts'
import { createRandomState } from './random-state.ts'
import { RadsecPort } from './radsec-port.ts'
import { signInId } from './sign-in-id.ts'
import { Sockets } from './sockets.ts'
import { TestPorts, type TestPortsOptions } from './test-ports.ts'
import { UsersInMemory } from './user-table.ts'

export interface EngineOptions {
  readonly reader: EngineReader
  readonly log: DurableLog
  /** Resolves when everything that is durable now is in the tables. */
  readonly drain: () => Promise<void>
  /** Where each port is opened: addresses of this machine, `0.0.0.0` and `::` for all. */
  readonly addresses: readonly string[]
  /** Where Samba's ntlm_auth and wbinfo are; `/usr/bin` unless told. */
  readonly sambaFolder?: string
  readonly tellOfPending: (news: PendingNews) => void
  readonly order: (order: DeliveryOrder) => void
  readonly tellOfTest: TestPortsOptions['tell']
  readonly tellOfPortal: (decided: PortalDecided) => void
  readonly onError: (error: unknown, where: string) => void
}

export interface Engine {
  readonly testPorts: TestPorts
  readonly portalPort: PortalPort
  readonly pending: PendingTable
  setReach(kinds: readonly DeliveryKind[]): void
  apply(notice: ConfigNotice): Promise<void>
  status(): EngineThreadStatus
  /** So many Accounting-Requests wait to be forwarded. */
  outboxHolds(rows: number): void
  /** Closes the sockets, lets sign-ins in hand end for at most so long, and lets go of the target. */
  stop(graceMs: number): Promise<void>
}

const sweepEveryMs = 5_000
/** So exactly do sign-ins end that nobody answers. */
const sweepPendingEveryMs = 250

/** Loads what the store holds and starts to serve it. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const {
    reader,
    log,
    drain,
    addresses,
    sambaFolder = '/usr/bin',
    tellOfTest,
    tellOfPortal,
    tellOfPending,
    order,
    onError,
  } = options
  const clock = Date.now
  const users = new UsersInMemory()
  users.load(reader.users())
  const challenges = new ChallengesInMemory()
  challenges.load(reader.challenges(clock()).map(({ body }) => body))

  const passes = new FactorPassesInMemory(reader.factorPasses(clock()))
  let standing = standingRules(reader.standing())

  const passwords = new PasswordsAhead(reader, clock)
  let company = reader.company()
  let reach: ReadonlySet<DeliveryKind> | null = null
  const pins = createPinChecks()
  const pending = new PendingTable({
    ...{ users, pins, clock, order, onError },
    company: () => company,
    append: (records) => log.append(records),
    tell: tellOfPending,
    reportFraud: (asked, via) => reportFraud(asked, via, { users, passes, company: () => company, clock }),
  })
  pending.load(reader.factorRequests(clock()).map(({ body }) => body))

  let clients = new ClientTable<KnownClient<EngineClient>>([])
  let clientsById: ReadonlyMap<string, KnownClient<EngineClient>> = new Map()
  let clientsSeen = new ClientsSeen([])
  let replyRules = createReplyRules(reader.replyRules())
  let inFlight = 0
  let accountingInFlight = 0
  const accountingDrops: Record<string, number> = {}

  const note = (error: unknown) => onError(error, 'log')
  const drops = new GatheredDrops({
    write: (record) => void log.append([record]).catch(note),
    clock,
    newId: () => signInId(clock()),
  })
  const target = createCurrentTarget({
    ...{ reader, users, passwords, clock, sambaFolder, onError },
    needGroups: () => replyRules.needGroups,
    onProven: (serverId, atMs) => void log.append([{ kind: 'radius-server-proven', serverId, atMs }]).catch(note),
  })
  const forwarding = new AccountingForwarding(reader)
  const tools: Tools = {
    clock,
    stopwatch: () => performance.now(),
    dryRun: false,
    users,
    challenges,
    passwords,
    inHand: new SignInsInHand(reader.joiningKey()),
    codeGuesses: new CodeGuessesInMemory(() => company.lockout),
    standing: () => standing,
    passes,
    passwordMark: (userId, password) => reader.passwordMark(userId, password),
    target: () => target.get(),
    replyRules: () => replyRules,
    unsealToken: (token) => reader.unsealToken(token),
    company: () => company,
    reach: () => reach,
    ...{ pending, pins },
    sealCode: (id, code) => reader.sealFactorCode(id, code),
    unsealCode: (id, sealed) => reader.unsealFactorCode(id, sealed),
    formerPins: (userId) => reader.formerPins(userId),
    randomState: createRandomState(),
    clientsSeen: { due: (...seen) => clientsSeen.due(...seen) },
    record: (records) => log.append(records),
    later: (delayMs, call) => void setTimeout(call, delayMs),
    onError,
  }

  const accountingTools: AccountingTools = {
    ...tools,
    newId: () => signInId(clock()),
    forwarding,
    onDrop: (name) => (accountingDrops[name] = (accountingDrops[name] ?? 0) + 1),
  }

  const server = createUdpServer<EngineClient>({
    clientFor: ({ address }, packet) => clients.find(address, () => readAttribute(packet, 'NAS-Identifier')),
    onRequest: take,
    onDrop(drop) {
      drops.note(drop)
      // What is dropped for being forwarded never comes to the stages that learn: here is who should hear of it.
      if (drop.reason === 'proxy-state-without-message-authenticator' && drop.client) noteForwarded(drop.client)
    },
    onSocketError: (error, port) => onError(error, `port ${port}`),
  })
  const sockets = new Sockets(server, addresses)
  const radsec = new RadsecPort({ addresses, onRequest: take, onDrop: (drop) => drops.note(drop) })
  const testPorts = new TestPorts({ tools, clientOf: (id) => clientsById.get(id), decide, drain, tell: tellOfTest })

  function take(request: IncomingRequest<EngineClient>): void {
    if (request.packet.code === packetCodes.statusServer) {
      // RFC 5997 §3: the answer is what answers the requests of the port.
      const accounts = sockets.kindOf(request.localPort) === 'accounting'
      request.respond({ code: accounts ? packetCodes.accountingResponse : packetCodes.accessAccept, attributes: [] })
      return
    }
    if (request.packet.code === packetCodes.accountingRequest) {
      accountingInFlight++
      runAccounting(request, accountingTools)
        .catch((error: unknown) => onError(error, 'accounting'))
        .finally(() => accountingInFlight--)
      return
    }
    void decide(request, tools)
  }

  const decided = () => {
    inFlight--
  }
  const failed = (error: unknown) => {
    inFlight--
    onError(error, 'access')
  }

  function decide(request: IncomingRequest<EngineClient>, using: Tools): Promise<unknown> {
    inFlight++
    return runAccess(request, signInId(clock()), using).then(decided, failed)
  }

  function loadClients(): void {
    const records = reader.clients()
    const seen = new ClientsSeen(records)
    clientsSeen = seen
    clientsById = new Map(records.map((client) => [client.id, known(client, seen)]))
    const addressed = records.filter(({ address }) => address !== '')
    clients = new ClientTable(
      addressed.map((client) => ({
        address: client.address,
        nasIdentifier: client.nasIdentifier,
        client: known(client, seen),
      })),
    )
    radsec.setClients(records)
  }

  function noteForwarded({ id }: EngineClient): void {
    const sign = { messageAuthenticator: false, proxyState: true, method: 'none' } as const
    if (!clientsSeen.due(id, clock(), sign)) return
    log.append([{ kind: 'client-seen', clientId: id, atMs: clock(), ...sign }]).catch(note)
  }

  function loadReplyRules(): void {
    const neededGroups = replyRules.needGroups
    replyRules = createReplyRules(reader.replyRules())
    // The directory is asked for groups only where a rule needs them.
    if (replyRules.needGroups !== neededGroups) target.load()
  }

  async function applyRadius(): Promise<void> {
    const { enabled, authenticationPorts, accountingPorts } = reader.radius()
    await sockets.apply({
      authentication: enabled ? authenticationPorts : [],
      accounting: enabled ? accountingPorts : [],
    })
    await radsec.apply(enabled ? reader.radsec() : null)
  }

  const sweep = setInterval(() => {
    challenges.sweep(clock())
    passes.sweep(clock())
    drops.sweep()
  }, sweepEveryMs)

  const sweepPending = setInterval(() => pending.sweep(), sweepPendingEveryMs)

  loadClients()
  target.load()
  forwarding.load()
  await applyRadius()

  const portalPort = await openPortalPort({ tools, decide, tell: tellOfPortal })

  return {
    testPorts,
    portalPort: portalPort.way,
    outboxHolds: (rows) => forwarding.holds(rows),
    pending,
    setReach: (kinds) => void (reach = new Set(kinds)),
    async apply(notice) {
      // What the engine itself has decided reaches the tables first, so that nothing read here is behind it.
      if (notice.topic !== 'radius') await drain()
      switch (notice.topic) {
        case 'radius':
          return applyRadius()
        case 'clients':
          loadClients()
          // The rules of a client that was removed went with it.
          loadReplyRules()
          standing = standingRules(reader.standing())
          return
        case 'reply-rules':
          loadReplyRules()
          return
        case 'target':
          target.load()
          forwarding.load()
          return
        case 'company':
          company = reader.company()
          return
        case 'standing':
          standing = standingRules(reader.standing())
          return
        case 'users':
          for (const id of notice.ids) {
            const user = reader.user(id)
            if (user) users.put(user)
            else users.remove(id)
            // Whoever is kept out proves everything anew when that is over.
            if (!user?.enabled || user.block) passes.forget(id)
          }
      }
    },
    status: () => ({
      sockets: sockets.states,
      radsecSockets: radsec.states,
      logWritable: log.writable,
      inFlight,
      openChallenges: challenges.size,
      targetServers: target.get()?.health() ?? [],
      drops: added(server.counters.dropped, radsec.dropped, accountingDrops),
    }),
    async stop(graceMs) {
      clearInterval(sweep)
      clearInterval(sweepPending)
      await testPorts.closeAll()
      await portalPort.close()
      const deadline = clock() + graceMs
      while (inFlight + accountingInFlight > 0 && clock() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 10))
      await server.close()
      await radsec.close()
      await target.close()
      reader.close()
    },
  }
}

function added(...counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const count of counts) for (const [name, times] of Object.entries(count)) sum[name] = (sum[name] ?? 0) + times
  return sum
}

/** What the UDP server has to know of a client; read anew for every datagram, for *auto* learns. */
function known(client: EngineClient, seen: ClientsSeen): KnownClient<EngineClient> {
  return {
    client,
    secret: createSharedSecret(client.sharedSecret),
    get messageAuthenticator() {
      const policy = client.messageAuthenticator
      return policy === 'require' || (policy === 'auto' && seen.hasProven(client.id)) ? 'require' : 'optional'
    },
    dropProxyStateWithout: client.limitProxyState && client.messageAuthenticator !== 'never-send',
  }
}
