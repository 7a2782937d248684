/** The composition root: main, tests and the demonstration all start the product here. */
import { randomBytes } from 'node:crypto'

import { openStore, type Store } from '@sallyport/store'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'

import type { Config } from './config.ts'
import { trackAsked, type Asked } from './bus/asked.ts'
import { createProductImports } from './configuration/product-imports.ts'
import { openControl } from './control/control-socket.ts'
import { createControlRoom } from './control-room.ts'
import { proveByCall } from './prove-by-call.ts'
import { createPush, type Push } from './delivery/web-push/create-push.ts'
import { createDirectorySync } from './directory-sync/create-directory-sync.ts'
import { startEngineThreads, type EngineHandle } from './engine/control.ts'
import { createConsoleApp } from './http/console-app.ts'
import type { ConsoleDependencies } from './http/dependencies.ts'
import { createEventStreams, type EventStreams } from './http/app/event-streams.ts'
import { createRefusals } from './http/app/refusals.ts'
import { createPortalApp } from './http/portal-app.ts'
import type { PortalDependencies } from './http/portal-dependencies.ts'
import { createReportFiles } from './http/reports/report-files.ts'
import { createSetUpCode } from './http/session/set-up-code.ts'
import { startLogForwarding } from './log-forwarding/create-log-forwarding.ts'
import { startAlerts } from './jobs/alerts.ts'
import { startFraudMails } from './jobs/fraud-mails.ts'
import { startInvitations } from './jobs/invitations.ts'
import { createRetention } from './jobs/retention.ts'
import { createSavedReports } from './jobs/saved-reports/create-saved-reports.ts'
import { listenerTls, type ListenerTls } from './listener-tls.ts'
import { reachPeople } from './reach-people.ts'
import { startDelivery, type StartedDelivery } from './start-delivery.ts'

export interface ServerOptions {
  readonly config: Config
  readonly logger: Logger
  /** The built console; absent: the API alone is served. */
  readonly consoleDir?: string
  /** The built portal; absent: its API alone is served. */
  readonly portalDir?: string
  /** The database's migrations; absent: the source tree's. */
  readonly migrationsDir?: string
  readonly version: string
  /** Nothing is served any more, for a reason that is not the caller's: end the process, so that it is started anew. */
  readonly onDeath: (error: Error) => void
}

export interface RunningServer {
  /** Where a browser finds the console. */
  readonly consoleUrl: string
  /** Where the portal listens; what people's browsers use may be another name for it. */
  readonly portalUrl: string
  readonly store: Store
  close(): Promise<void>
}

/** Starts everything, in an order in which each part finds what it needs; on failure, what was started is closed again. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, logger } = options
  const opened: (() => Promise<void>)[] = []
  try {
    const { dataDir } = config
    const store = await openStore({
      dataDir,
      ...(options.migrationsDir ? { migrationsDir: options.migrationsDir } : {}),
    })
    opened.unshift(() => store.close())
    const engine = await startEngineThreads({
      dataDir,
      addresses: config.radiusAddresses,
      sambaFolder: config.sambaFolder,
      onProblem: (where, message) => logger.error({ where }, message),
      onDeath: (thread, error) => {
        logger.fatal({ thread, error: error.message }, 'a thread ended')
        options.onDeath(error)
      },
    })
    opened.unshift(() => engine.stop())
    const people = reachPeople(engine, (error) => logger.error({ error }, 'a decision did not reach the engine'))
    const proofs = proveByCall(store.contacts, people, (error) => logger.error({ error }, 'a call was not noted'))
    const delivery = await startDelivery(store, {
      clock: Date.now,
      ...{ onNews: proofs.onNews, judgeKeys: proofs.judgeKeys },
      onApplied: people.serve,
    })
    opened.unshift(() => delivery.room.close())
    const fraudMails = startFraudMails({
      store,
      mail: (job) => delivery.room.mail(job),
      hasGateway: () => delivery.room.health().some(({ kind }) => kind === 'mail'),
      onError: (error) => logger.error({ error }, 'telling of fraud reports'),
    })
    opened.unshift(() => fraudMails.close())
    const asked = trackAsked(engine)
    const streams = createEventStreams()
    const letGo = asked.onChange(streams.tell)
    opened.unshift(() => {
      letGo()
      asked.close()
      streams.close()
      return Promise.resolve()
    })
    const push = await startPush(options, store, engine, asked, streams)
    opened.unshift(() => {
      push.close()
      return Promise.resolve()
    })
    engine.wired()
    const directorySync = createDirectorySync({
      ...{ store, engine, dataDir, clock: () => new Date() },
      onProblem: (error) => logger.error({ error }, 'synchronizing with the directory'),
    })
    opened.unshift(() => directorySync.close())
    const logForwarding = await startLogForwarding({
      ...{ dataDir, version: options.version },
      onProblem: (error) => logger.error({ error }, 'sending to log receivers'),
    })
    opened.unshift(() => logForwarding.close())
    const retention = createRetention({
      ...{ store, dataDir, clock: () => new Date() },
      onProblem: (error) => logger.error({ error }, 'removing old records'),
    })
    opened.unshift(() => retention.close())
    const consoleTls = await listenerTls(config.console, { store, part: 'console', logger })
    const portalTls = await listenerTls(config.portal, { store, part: 'portal', logger })
    const listeners = { console: consoleTls.control, portal: portalTls.control }
    const alerts = startAlerts({
      ...{ store, engine, logForwarding, dataDir, clock: () => new Date() },
      certificates: () =>
        [consoleTls, portalTls].flatMap(({ control }) => control.present()?.shown.certificatePem ?? []),
      mail: (job) => delivery.room.mail(job),
      hasGateway: () => delivery.room.health().some(({ kind }) => kind === 'mail'),
      onError: (error) => logger.error({ error }, 'telling of alerts'),
    })
    opened.unshift(() => alerts.close())
    const savedReports = createSavedReports({
      ...{ store, dataDir, clock: () => new Date() },
      files: createReportFiles({ store, engine, clock: () => new Date() }),
      mail: (job) => delivery.room.mail(job),
      hasGateway: () => delivery.room.health().some(({ kind }) => kind === 'mail'),
      ...(config.console.publicUrl === null ? {} : { consoleOrigin: config.console.publicUrl }),
      onProblem: (error) => logger.error({ error }, 'mailing saved reports'),
    })
    opened.unshift(() => savedReports.close())
    let portalUrl = ''
    const portalAddress = () => config.portal.publicUrl ?? portalUrl
    const parts = {
      store,
      engine,
      delivery: delivery.control,
      directorySync,
      logForwarding,
      retention,
      savedReports,
      listeners,
    }
    const app = await createApp(options, parts, consoleTls, portalAddress)
    opened.unshift(() => app.close())
    const consoleUrl = await app.listen({ host: config.console.address, port: config.console.port })
    const { room: callbacks, reach } = delivery
    const portal = await createPortal(options, portalTls, {
      ...{ store, engine, callbacks, reach, asked, streams, push },
      mail: mailBy(callbacks, logger),
      portalUrl: portalAddress,
    })
    opened.unshift(() => portal.close())
    portalUrl = await portal.listen({ host: config.portal.address, port: config.portal.port })
    await reportSockets(engine, logger)
    const invitations = startInvitations({
      ...{ store, random: randomBytes, portalUrl: portalAddress },
      mail: (job) => delivery.room.mail(job),
      hasGateway: () => delivery.room.health().some(({ kind }) => kind === 'mail'),
      onError: (error) => logger.error({ error }, 'inviting people'),
    })
    opened.unshift(() => invitations.close())
    await directorySync.begin()
    retention.begin()
    await savedReports.begin()
    const { version } = options
    const control = createControlRoom({
      engine,
      delivery: delivery.control,
      logForwarding,
      listeners,
      version,
      consoleUrl,
      portalUrl,
    })
    const door = await openControl(dataDir, control)
    if (door === null) logger.warn('The data folder’s name is too long: the command line cannot reach this server')
    else opened.unshift(() => door.close())
    return { consoleUrl, portalUrl, store, close: () => closeAll(opened) }
  } catch (error) {
    await closeAll(opened)
    throw error
  }
}

async function createApp(
  options: ServerOptions,
  parts: Pick<
    ConsoleDependencies,
    'store' | 'engine' | 'delivery' | 'directorySync' | 'logForwarding' | 'retention' | 'savedReports' | 'listeners'
  >,
  tls: ListenerTls,
  portalUrl: () => string,
): Promise<FastifyInstance> {
  const { config, logger, consoleDir } = options
  const setUpCode = createSetUpCode(randomBytes, (code) => announce(code, logger))
  const app = await createConsoleApp({
    ...parts,
    portalUrl,
    productImports: createProductImports(parts.store, () => new Date()),
    clock: () => new Date(),
    logger: logger.child({ part: 'console' }),
    ...(consoleDir ? { consoleDir } : {}),
    ...tls.options,
    ...(config.console.publicUrl === null ? {} : { consoleOrigin: config.console.publicUrl }),
    setUpCode,
    sampleSite: config.sampleSite,
    sambaFolder: config.sambaFolder,
    version: options.version,
    startedAt: new Date(),
  })
  tls.keepUp(app)
  if ((await parts.store.administrators.count()) === 0) announce(setUpCode.current(), logger)
  return app
}

/** Carries out what the engine orders: whoever is asked in the app is pushed to. */
async function startPush(
  options: ServerOptions,
  store: Store,
  engine: EngineHandle,
  asked: Asked,
  streams: EventStreams,
): Promise<Push> {
  const { config, logger } = options
  if (config.pushToLoopback) logger.warn('Pushes may go to this machine (SALLYPORT_PUSH_TO_LOOPBACK): for tests only')
  const push = await createPush({
    devices: store.appDevices,
    request: asked.byId,
    isOpen: streams.has,
    subject: config.portal.publicUrl ?? 'mailto:postmaster@localhost',
    allowLoopback: config.pushToLoopback,
    clock: () => new Date(),
    random: randomBytes,
    onProblem: (about) => logger.warn(about, 'a push service did not take a push'),
  })
  engine.onOrder('push', push.carryOut)
  return push
}

interface PortalParts extends Pick<
  PortalDependencies,
  'store' | 'engine' | 'callbacks' | 'reach' | 'asked' | 'streams' | 'portalUrl' | 'mail'
> {
  readonly push: Push
}

async function createPortal(
  options: ServerOptions,
  tls: ListenerTls,
  { push, ...parts }: PortalParts,
): Promise<FastifyInstance> {
  const { logger, portalDir } = options
  const clock = () => new Date()
  const app = await createPortalApp({
    ...parts,
    appKeys: push.keys,
    pushProblem: push.problemWith,
    refusals: createRefusals(clock),
    clock,
    logger: logger.child({ part: 'portal' }),
    ...(portalDir ? { portalDir } : {}),
    ...tls.options,
    startedAt: new Date(),
  })
  tls.keepUp(app)
  return app
}

/** Sends what nobody waits for. Without a gateway for mail there is nothing to say about it. */
function mailBy(room: Pick<StartedDelivery['room'], 'mail' | 'health'>, logger: Logger): PortalDependencies['mail'] {
  const failed = (about: object) => logger.warn(about, 'a mail to a user of the portal was not sent')
  return (job) => {
    if (!room.health().some(({ kind }) => kind === 'mail')) return
    room.mail(job).then(
      (delivered) => delivered.kind === 'failed' && failed({ problems: delivered }),
      (error: unknown) => failed({ error }),
    )
  }
}

function announce(code: string, logger: Logger): void {
  logger.warn(`Nobody administers this server yet. Open the console and enter this set-up code: ${code}`)
}

async function reportSockets(engine: EngineHandle, logger: Logger): Promise<void> {
  const { sockets } = await engine.status()
  for (const { port, family, state, problem } of sockets) {
    if (state === 'listening') logger.info({ port, family }, 'RADIUS authentication listens')
    else logger.error({ port, family }, problem ?? 'RADIUS authentication does not listen')
  }
}

async function closeAll(parts: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of parts) await close()
}
