/** The engine: RADIUS sockets, what sign-ins need in memory, and the access pipeline. It reads the store and never writes it. */
import { createUdpServer, type Drop, type IncomingRequest } from '@sallyport/radius'
import type { EngineClient, EngineReader, JournalRecord } from '@sallyport/store/engine'

import { SignInsInHand } from '../access/joining.ts'
import { reportFraud } from '../access/standing/report-fraud.ts'
import type { Tools } from '../access/tools.ts'
import type { ConfigNotice, EngineThreadStatus } from '../bus/notices.ts'
import type { PortalDecided, PortalPort } from '../bus/portal-port.ts'
import type { DeliveryKind, DeliveryOrder, PendingNews } from '../bus/pending.ts'
import { AccountingForwarding } from './accounting-forwarding.ts'
import { ChallengesInMemory } from './challenge-table.ts'
import { ClientTraffic } from './client-traffic.ts'
import { ClientsInForce } from './clients-in-force.ts'
import { FactorPassesInMemory } from './factor-passes.ts'
import { CodeGuessesInMemory } from './code-guesses.ts'
import { createCurrentTarget } from './current-target.ts'
import type { DurableLog } from './durable-log.ts'
import { GatheredDrops } from './gathered-drops.ts'
import { PasswordsAhead } from './passwords-ahead.ts'
import { PendingDecisions } from './pending-decisions.ts'
import { PendingTable } from './pending-table.ts'
import { createPinChecks } from './pin-checks.ts'
import { Intake } from './intake.ts'
import { QuestionsAtDevices } from './open-questions.ts'
import { openPortalPort } from './portal-port.ts'
import { createRandomState } from './random-state.ts'
import { RadsecPort } from './radsec-port.ts'
import { SettingsInForce } from './settings-in-force.ts'
import { SignInMeter } from './sign-in-meter.ts'
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
  readonly decisions: PendingDecisions
  readonly questions: QuestionsAtDevices
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
  const note = (error: unknown) => onError(error, 'log')
  const users = new UsersInMemory()
  users.load(reader.users())
  const challenges = new ChallengesInMemory()
  challenges.load(reader.challenges(clock()).map(({ body }) => body))

  const passes = new FactorPassesInMemory(reader.factorPasses(clock()))

  const passwords = new PasswordsAhead(reader, clock)
  const settings = new SettingsInForce(reader)
  let reach: ReadonlySet<DeliveryKind> | null = null
  const pins = createPinChecks()
  const meter = new SignInMeter()
  const append = (records: readonly JournalRecord[]) => {
    meter.note(records)
    return log.append(records)
  }
  const pending = new PendingTable({ clock, append, order, onError, tell: tellOfPending })
  const clients = new ClientsInForce({ clock, append: (records) => void log.append(records).catch(note) })
  const questions = new QuestionsAtDevices({
    ...{ challenges, users, clock, append },
    clientOf: (id) => clients.byId(id)?.client,
  })
  const decisions = new PendingDecisions({
    ...{ table: pending, users, pins, clock, append, questions },
    company: () => settings.company,
    reportFraud: (asked, via) => reportFraud(asked, via, { users, passes, company: () => settings.company, clock }),
  })
  pending.load(reader.factorRequests(clock()).map(({ body }) => body))

  const traffic = new ClientTraffic(clock)
  const drops = new GatheredDrops({
    write: (record) => void append([record]).catch(note),
    clock,
    newId: () => signInId(clock()),
  })
  const target = createCurrentTarget({
    ...{ reader, users, passwords, clock, sambaFolder, onError },
    needGroups: () => settings.replyRules.needGroups,
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
    codeGuesses: new CodeGuessesInMemory(() => settings.company.lockout),
    standing: () => settings.standing,
    passes,
    passwordMark: (userId, password) => reader.passwordMark(userId, password),
    target: () => target.get(),
    replyRules: () => settings.replyRules,
    unsealToken: (token) => reader.unsealToken(token),
    company: () => settings.company,
    reach: () => reach,
    ...{ pending, pins },
    sealCode: (id, code) => reader.sealFactorCode(id, code),
    unsealCode: (id, sealed) => reader.unsealFactorCode(id, sealed),
    formerPins: (userId) => reader.formerPins(userId),
    randomState: createRandomState(),
    clientsSeen: { due: (...seen) => clients.due(...seen) },
    record: append,
    later: (delayMs, call) => void setTimeout(call, delayMs),
    onError,
  }

  const server = createUdpServer<EngineClient>({
    clientFor: ({ address }, packet) => clients.at(address, packet),
    onRequest: (request) => take(request),
    onRepeat: (repeated) => traffic.repeated(repeated),
    onDrop(drop) {
      noteDrop(drop)
      // What is dropped for being forwarded never comes to the stages that learn: here is who should hear of it.
      if (drop.reason === 'proxy-state-without-message-authenticator' && drop.client) clients.noteForwarded(drop.client)
    },
    onSocketError: (error, port) => onError(error, `port ${port}`),
  })
  const sockets = new Sockets(server, addresses)
  const intake = new Intake({
    ...{ tools, forwarding, newId: () => signInId(clock()) },
    kindOf: (localPort) => sockets.kindOf(localPort),
  })
  const { decide } = intake
  function take(request: IncomingRequest<EngineClient>): void {
    traffic.request(request)
    intake.take(request)
  }
  function noteDrop(drop: Drop<EngineClient>): void {
    traffic.dropped(drop)
    drops.note(drop)
  }
  const radsec = new RadsecPort({ addresses, onRequest: take, onDrop: noteDrop })
  const testPorts = new TestPorts({ tools, clientOf: (id) => clients.byId(id), decide, drain, tell: tellOfTest })

  function loadReplyRules(): void {
    // The directory is asked for groups only where a rule needs them.
    if (settings.loadReplyRules()) target.load()
  }

  async function applyRadius(): Promise<void> {
    const { enabled, authenticationPorts, accountingPorts } = reader.radius()
    await sockets.apply({
      authentication: enabled ? authenticationPorts : [],
      accounting: enabled ? accountingPorts : [],
    })
    await radsec.apply(enabled ? reader.radsec() : null)
  }

  function loadClients(): void {
    const records = reader.clients()
    clients.load(records)
    traffic.keepOnly(new Set(records.map(({ id }) => id)))
    radsec.setClients(records)
  }

  function loadUser(id: string): void {
    const user = reader.user(id)
    if (user) users.put(user)
    else users.remove(id)
    // Whoever is kept out proves everything anew when that is over.
    if (!user?.enabled || user.block) passes.forget(id)
  }

  function loadTarget(): void {
    target.load()
    forwarding.load()
  }

  /** What is read anew when something changed. */
  const load: Record<Exclude<ConfigNotice['topic'], 'users'>, () => void | Promise<void>> = {
    radius: applyRadius,
    clients() {
      loadClients()
      // The rules of a client that was removed went with it.
      loadReplyRules()
      settings.loadStanding()
    },
    'reply-rules': loadReplyRules,
    target: loadTarget,
    company: () => settings.loadCompany(),
    standing: () => settings.loadStanding(),
  }

  const sweep = setInterval(() => {
    challenges.sweep(clock())
    passes.sweep(clock())
    drops.sweep()
  }, sweepEveryMs)

  const sweepPending = setInterval(() => pending.sweep(), sweepPendingEveryMs)

  loadClients()
  loadTarget()
  await applyRadius()

  const portalPort = await openPortalPort({ tools, decide, tell: tellOfPortal })

  return {
    testPorts,
    portalPort: portalPort.way,
    outboxHolds: (rows) => forwarding.holds(rows),
    ...{ pending, decisions, questions },
    setReach: (kinds) => void (reach = new Set(kinds)),
    async apply(notice) {
      // What the engine itself has decided reaches the tables first, so that nothing read here is behind it.
      if (notice.topic !== 'radius') await drain()
      if (notice.topic === 'users') notice.ids.forEach(loadUser)
      else await load[notice.topic]()
    },
    status: () => ({
      sockets: sockets.states,
      radsecSockets: radsec.states,
      logWritable: log.writable,
      inFlight: intake.deciding,
      signIns: meter.figures(),
      openChallenges: challenges.size,
      clientTraffic: traffic.status,
      targetServers: target.get()?.health() ?? [],
      drops: added(server.counters.dropped, radsec.dropped, intake.drops),
    }),
    async stop(graceMs) {
      clearInterval(sweep)
      clearInterval(sweepPending)
      await testPorts.closeAll()
      await portalPort.close()
      const deadline = clock() + graceMs
      while (!intake.isIdle && clock() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
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
