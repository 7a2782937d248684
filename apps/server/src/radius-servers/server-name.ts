/** What a RADIUS server is called in traces, on Status and in the console: its host and port. */
import type { EngineRadiusServer } from '@sallyport/store/engine'

export function serverName({
  host,
  authenticationPort,
  transport,
}: Pick<EngineRadiusServer, 'host' | 'authenticationPort' | 'transport'>): string {
  const place = `${host.includes(':') ? `[${host}]` : host}:${authenticationPort}`
  return transport === 'radsec' ? `radsec://${place}` : place
}
