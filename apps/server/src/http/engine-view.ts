/** What the console shows of the engine, also where the engine does not answer. */
import type { RadiusSocket } from '@sallyport/contract'
import type { RadiusSettings } from '@sallyport/store'
import type { EngineControl, EngineStatus } from '../bus/notices.ts'

/** The engine's status; null where it does not answer. */
export async function statusOf(engine: EngineControl): Promise<EngineStatus | null> {
  return engine.status().catch(() => null)
}

/** How each socket does; where the engine does not answer, every socket that should listen is said to have failed. */
export async function socketsOf(engine: EngineControl, settings: RadiusSettings): Promise<readonly RadiusSocket[]> {
  return (await statusOf(engine))?.sockets ?? silentSockets(settings)
}

export function silentSockets(settings: RadiusSettings): readonly RadiusSocket[] {
  if (!settings.enabled) return []
  const ports = [
    ...settings.authenticationPorts.map((port) => ({ port, kind: 'authentication' as const })),
    ...settings.accountingPorts.map((port) => ({ port, kind: 'accounting' as const })),
  ]
  return ports.flatMap((port) =>
    (['IPv4', 'IPv6'] as const).map((family) => ({
      ...port,
      family,
      state: 'failed' as const,
      problem: 'The sign-in engine does not answer. If this stays, restart the server.',
    })),
  )
}
