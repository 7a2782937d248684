/** Wires the portal's routes: each room of its API gets the narrowest dependencies that it can live on. */
import type { PortalDependencies } from './portal-dependencies.ts'
import type { PortalHandlers } from './portal-handlers.ts'

export interface PortalHandlerDependencies extends PortalDependencies {
  readonly random: (lengthBytes: number) => Uint8Array
}

export function createPortalHandlers({ clock }: PortalHandlerDependencies): PortalHandlers {
  return { clock: { read: () => Promise.resolve({ now: clock().toISOString() }) } }
}
