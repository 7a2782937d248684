/** The handlers of everything that is configured, for what works on a store without a browser: the import of a configuration. */
import type { StoreRooms } from '@sallyport/store'
import type { DeliveryControl } from '../bus/delivery-control.ts'
import type { LogForwardingControl } from '../bus/log-forwarding-control.ts'
import type { EngineControl } from '../bus/notices.ts'
import type { ApiHandlers } from './handlers.ts'
import { createPasswordTrials } from './password-trials.ts'
import { administratorHandlers } from './routes/administrators.ts'
import { alertHandlers } from './routes/alerts.ts'
import { builtInHandlers } from './routes/built-in.ts'
import { companyHandlers } from './routes/company.ts'
import { directorySyncHandlers, type DirectorySyncRouteDependencies } from './routes/directory-sync.ts'
import { directoryHandlers } from './routes/directory.ts'
import { gatewayHandlers } from './routes/gateways.ts'
import { logReceiverHandlers } from './routes/log-receivers.ts'
import { openIdHandlers } from './routes/openid.ts'
import { portalAdministrationHandlers } from './routes/portal-administration.ts'
import { portalFallbackHandlers } from './routes/portal-fallback.ts'
import { radiusServerHandlers } from './routes/radius-servers.ts'
import { radiusHandlers } from './routes/radius.ts'
import { radsecHandlers } from './routes/radsec.ts'
import { replyRuleHandlers } from './routes/reply-rules.ts'
import { cacheRuleHandlers, trustedNetworkHandlers } from './routes/standing.ts'
import { windowsDomainHandlers } from './routes/windows-domain.ts'
import { createPasswords } from './session/passwords.ts'
import { createThrottle } from './session/throttle.ts'

export type ConfigurationHandlers = Pick<
  ApiHandlers,
  | 'administrators'
  | 'alerts'
  | 'builtIn'
  | 'cacheRules'
  | 'company'
  | 'directory'
  | 'directorySync'
  | 'gateways'
  | 'logReceivers'
  | 'portalAdministration'
  | 'portalFallback'
  | 'radius'
  | 'radiusServers'
  | 'radsec'
  | 'replyRules'
  | 'trustedNetworks'
  | 'windowsDomain'
> & { readonly openId: Omit<ApiHandlers['openId'], 'begin' | 'finish'> }

/** Nobody is told of what they change: whoever calls them does that, once everything is done. */
export function createConfigurationHandlers(
  store: StoreRooms,
  { clock, random }: { readonly clock: () => Date; readonly random: (lengthBytes: number) => Uint8Array },
): ConfigurationHandlers {
  const passwords = createPasswords()
  const trials = createPasswordTrials(clock)
  const throttle = createThrottle({ limit: 1, windowMs: 60_000, maximumKeys: 1, clock })
  const sambaFolder = '/usr/bin'
  return {
    administrators: administratorHandlers({ store, passwords, clock }),
    alerts: alertHandlers({ store }),
    builtIn: builtInHandlers({ store, engine, passwords }),
    cacheRules: cacheRuleHandlers({ store, engine }),
    company: companyHandlers({ store, engine }),
    directory: directoryHandlers({ store, engine, clock }),
    directorySync: directorySyncHandlers({ store, directorySync, clock }),
    gateways: gatewayHandlers({ store, delivery, throttle }),
    logReceivers: logReceiverHandlers({ store, logForwarding, throttle }),
    openId: openIdHandlers({ store, redirectUri: null }),
    portalAdministration: portalAdministrationHandlers({ store, clock, random, portalUrl: () => 'http://localhost' }),
    portalFallback: portalFallbackHandlers({ store }),
    radius: radiusHandlers({ store, engine, passwords, trials, sambaFolder, clock }),
    radiusServers: radiusServerHandlers({ store, engine, trials }),
    radsec: radsecHandlers({ store, engine, clock }),
    replyRules: replyRuleHandlers({ store, engine }),
    trustedNetworks: trustedNetworkHandlers({ store, engine }),
    windowsDomain: windowsDomainHandlers({ store, engine, sambaFolder, clock }),
  }
}

const noEngine: Pick<EngineControl, 'configChanged' | 'status'> = {
  configChanged: () => Promise.resolve(),
  status: () => Promise.reject(new Error('there is no engine here')),
}
// The handlers that change a configuration ask nothing else of the engine.
const engine = noEngine as EngineControl
const delivery: DeliveryControl = {
  gatewaysChanged: () => Promise.resolve(),
  health: () => [],
  test: () => Promise.resolve(undefined),
}
const logForwarding: LogForwardingControl = {
  receiversChanged: () => Promise.resolve(),
  states: () => [],
  limit: 0,
  auditCheck: () => null,
  test: () => Promise.resolve(undefined),
}
// Nor do they read a directory.
const directorySync = {} as DirectorySyncRouteDependencies['directorySync']
