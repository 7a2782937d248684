/**
 * The process. Started as a program it watches over a second process that does the work and starts it again when it dies;
 * that one reads the environment, starts the server, and ends in order on SIGTERM or SIGINT.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { StoreError } from '@sallyport/store'
import { pino } from 'pino'

import { ConfigError, parseConfig } from './config.ts'
import { startServer } from './server.ts'
import { isSupervised, reportServing, supervise, unusableExitCode } from './supervise.ts'
import { stepBack } from './threads/step-back.ts'

declare const SALLYPORT_VERSION: string | undefined

/** Pages, reports and exports are made in this thread; who signs in, in others. */
const niceness = 5

// Where something else starts the process again (systemd, a container), nobody needs to watch it twice.
if (process.env['SALLYPORT_UNSUPERVISED'] === '1' || isSupervised()) await serve()
else supervise(fileURLToPath(import.meta.url))

async function serve(): Promise<void> {
  try {
    const config = parseConfig(process.env)
    const logger = pino({
      level: config.logLevel,
      base: null,
      redact: ['req.headers.cookie', 'req.headers.authorization'],
    })
    const built = !import.meta.url.endsWith('.ts')
    const folder = (there: string, here: string) => fileURLToPath(new URL(built ? there : here, import.meta.url))
    const consoleDir = folder('./console', '../../console/dist')
    const portalDir = folder('./portal', '../../portal/dist')
    const server = await startServer({
      config,
      logger,
      ...(existsSync(consoleDir) ? { consoleDir } : {}),
      ...(existsSync(portalDir) ? { portalDir } : {}),
      ...(built ? { migrationsDir: fileURLToPath(new URL('./migrations', import.meta.url)) } : {}),
      version: typeof SALLYPORT_VERSION === 'string' ? SALLYPORT_VERSION : 'development',
      onDeath: () => process.exit(1),
    })
    // Not before the threads that sign people in were started: they would step back with it.
    stepBack(niceness)
    logger.info({ address: server.consoleUrl, pid: process.pid }, 'the console is open')
    logger.info({ address: server.portalUrl }, 'the portal is open')
    reportServing()
    const end = () => {
      server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error(error, 'could not end in order')
          process.exit(1)
        },
      )
    }
    process.once('SIGTERM', end)
    process.once('SIGINT', end)
    process.once('disconnect', end)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exit(isUnusable(error) ? unusableExitCode : 1)
  }
}

/** Starting again would not help: a person has to change something. */
function isUnusable(error: unknown): boolean {
  if (error instanceof ConfigError || error instanceof StoreError) return true
  return (
    error instanceof Error && 'code' in error && ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'].includes(String(error.code))
  )
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StoreError) return `Sallyport cannot start: ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Sallyport cannot start: the console’s or the portal’s port is in use (${error.message}). Stop what holds it, or set SALLYPORT_CONSOLE_PORT or SALLYPORT_PORTAL_PORT.`
  }
  return `Sallyport cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
