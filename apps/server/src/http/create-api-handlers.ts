/** Wires the routes: each room of the API gets the narrowest dependencies that it can live on. */
import type { ConsoleDependencies } from './dependencies.ts'
import type { ApiHandlers } from './handlers.ts'
import { createSignInByProvider, redirectUriAt } from './openid/sign-in-by-provider.ts'
import { createPasswordTrials } from './password-trials.ts'
import { accountHandlers } from './routes/account.ts'
import { accountingForwardingHandlers } from './routes/accounting-forwarding.ts'
import { administratorHandlers } from './routes/administrators.ts'
import { alertHandlers } from './routes/alerts.ts'
import { cacheRuleHandlers, trustedNetworkHandlers } from './routes/standing.ts'
import { clientSecurityHandlers } from './routes/client-security.ts'
import { companyHandlers } from './routes/company.ts'
import { pendingHandlers } from './routes/pending.ts'
import { peopleHandlers } from './routes/people.ts'
import { apiTokenHandlers } from './routes/api-tokens.ts'
import { appDeviceHandlers } from './routes/app-devices.ts'
import { builtInHandlers } from './routes/built-in.ts'
import { directoryHandlers } from './routes/directory.ts'
import { directoryPeopleHandlers } from './routes/directory-people.ts'
import { directorySyncHandlers } from './routes/directory-sync.ts'
import { invitationHandlers } from './routes/invitations.ts'
import { oathImportHandlers } from './routes/oath-imports.ts'
import { gatewayHandlers } from './routes/gateways.ts'
import { listenerCertificateHandlers } from './routes/listener-certificates.ts'
import { logReceiverHandlers } from './routes/log-receivers.ts'
import { metricsHandlers } from './routes/metrics.ts'
import { oathTokenHandlers } from './routes/oath-tokens.ts'
import { openIdHandlers } from './routes/openid.ts'
import { portalFallbackHandlers } from './routes/portal-fallback.ts'
import { portalAdministrationHandlers } from './routes/portal-administration.ts'
import { productImportHandlers } from './routes/product-imports.ts'
import { radiusHandlers } from './routes/radius.ts'
import { radsecHandlers } from './routes/radsec.ts'
import { replyRuleHandlers } from './routes/reply-rules.ts'
import { radiusServerHandlers } from './routes/radius-servers.ts'
import { denialHandlers } from './routes/denials.ts'
import { reportHandlers } from './routes/reports.ts'
import { retentionHandlers } from './routes/retention.ts'
import { savedReportHandlers } from './routes/saved-reports.ts'
import { sessionHandlers } from './routes/session.ts'
import { standingHistoryHandlers } from './routes/standing-history.ts'
import { statusHandlers } from './routes/status.ts'
import { testSignInHandlers } from './routes/test-sign-ins.ts'
import { usageHandlers } from './routes/usage.ts'
import { userBatchHandlers } from './routes/user-batches.ts'
import { userImportHandlers } from './routes/user-imports.ts'
import { userHandlers } from './routes/users.ts'
import { vpnSessionHandlers } from './routes/vpn-sessions.ts'
import { windowsDomainHandlers } from './routes/windows-domain.ts'
import { createBrowserMark } from './session/browser-mark.ts'
import { createCompleteSignIn } from './session/complete-sign-in.ts'
import type { KnownAddresses } from './session/known-addresses.ts'
import { createPasswords } from './session/passwords.ts'
import { createPasskeys } from './session/passkeys.ts'
import { createProveFactor } from './session/second-factor.ts'
import { createViewSession } from './session/session-view.ts'
import type { Sessions } from './session/sessions.ts'
import { createSignIn } from './session/sign-in.ts'
import { createThrottle } from './session/throttle.ts'

export interface HandlerDependencies extends ConsoleDependencies {
  readonly random: (lengthBytes: number) => Uint8Array
  readonly sessions: Sessions
  readonly knownAddresses: KnownAddresses
  /** Has this done once everything stands. */
  readonly onReady: (begin: () => Promise<void>) => void
  /** Has this done before the application is closed. */
  readonly onClose: (end: () => Promise<void>) => void
}

export function createApiHandlers(dependencies: HandlerDependencies): ApiHandlers {
  const { store, engine, clock, sambaFolder = '/usr/bin', random, sampleSite } = dependencies
  const passwords = createPasswords()
  const throttle = (limit: number, windowMs: number) => createThrottle({ limit, windowMs, maximumKeys: 10_000, clock })
  const trials = createPasswordTrials(clock)
  const { sessions, knownAddresses } = dependencies
  const passkeys = createPasskeys({ passkeys: store.passkeys, origin: dependencies.consoleOrigin, clock, random })
  const viewSession = createViewSession({
    factorsOf: (id) => store.administratorFactors.ofAdministrator(id),
    ...{ sampleSite, passkeys: passkeys.available },
  })
  const signInThrottle = throttle(20, 15 * 60_000)
  const complete = createCompleteSignIn({ store, sessions, viewSession, throttle: signInThrottle })
  const markOf = (name: string, lifeSeconds: number) =>
    createBrowserMark({ name, lifeSeconds, secure: dependencies.secureCookies, random })
  const { consoleOrigin } = dependencies
  return {
    account: accountHandlers({
      ...{ store, complete, viewSession, passkeys },
      throttle: throttle(10, 15 * 60_000),
      clock,
      random,
    }),
    accountingForwarding: accountingForwardingHandlers({ store, engine }),
    administrators: administratorHandlers({ store, passwords, clock }),
    alerts: alertHandlers({ store }),
    apiTokens: apiTokenHandlers({ store, clock, random }),
    appDevices: appDeviceHandlers({ store, portalUrl: dependencies.portalUrl, clock, random }),
    builtIn: builtInHandlers({ store, engine, passwords }),
    cacheRules: cacheRuleHandlers({ store, engine }),
    clientSecurity: clientSecurityHandlers({ store, engine, clock }),
    company: companyHandlers({ store, engine }),
    openId: {
      ...openIdHandlers({ store, redirectUri: redirectUriAt(consoleOrigin) }),
      ...createSignInByProvider({
        ...{ store, origin: consoleOrigin, mark: markOf('sallyport-provider', 600), complete },
        ...{ throttle: signInThrottle, knownAddresses, clock, random },
      }),
    },
    pending: pendingHandlers({ engine, clock }),
    people: peopleHandlers({ store, engine, passwords, clock }),
    trustedNetworks: trustedNetworkHandlers({ store, engine }),
    directory: directoryHandlers({ store, engine, clock }),
    directoryPeople: directoryPeopleHandlers({ store, people: dependencies.directorySync.people }),
    directorySync: directorySyncHandlers({ store, directorySync: dependencies.directorySync, clock }),
    invitations: invitationHandlers(dependencies),
    oathImports: oathImportHandlers(dependencies),
    gateways: gatewayHandlers({ store, delivery: dependencies.delivery, throttle: throttle(20, 15 * 60_000) }),
    listenerCertificates: listenerCertificateHandlers(dependencies),
    logReceivers: logReceiverHandlers({ ...dependencies, throttle: throttle(20, 15 * 60_000) }),
    metrics: metricsHandlers(dependencies),
    oathTokens: oathTokenHandlers({ store, engine, clock, random, sampleSite, throttle: throttle(10, 60_000) }),
    portalFallback: portalFallbackHandlers(dependencies),
    portalAdministration: portalAdministrationHandlers(dependencies),
    productImports: productImportHandlers(dependencies),
    radius: radiusHandlers({ store, engine, passwords, trials, sambaFolder, clock }),
    radsec: radsecHandlers({ store, engine, clock }),
    replyRules: replyRuleHandlers({ store, engine }),
    radiusServers: radiusServerHandlers({ store, engine, trials }),
    denials: denialHandlers({ store, clock }),
    reports: reportHandlers({ store, clock }),
    retention: retentionHandlers({ ...dependencies, throttle: throttle(30, 60_000) }),
    savedReports: savedReportHandlers({ ...dependencies, throttle: throttle(20, 15 * 60_000) }),
    session: sessionHandlers({
      store,
      passwords,
      sessions,
      setUpCode: dependencies.setUpCode,
      signIn: createSignIn({
        administrators: store.administrators,
        passwords,
        throttle: signInThrottle,
        knownAddresses,
        clock,
      }),
      complete,
      hasAddress: consoleOrigin !== undefined,
      proveFactor: createProveFactor({ store, throttle: throttle(10, 15 * 60_000), knownAddresses, clock }),
      throttle: throttle(20, 15 * 60_000),
      viewSession,
      passkeys,
      passkeyMark: markOf('sallyport-passkey', 300),
    }),
    standingHistory: standingHistoryHandlers({ store, clock }),
    status: statusHandlers(dependencies),
    testSignIns: testSignInHandlers({
      store,
      engine,
      clock,
      onClose: dependencies.onClose,
      trials,
    }),
    windowsDomain: windowsDomainHandlers({ store, engine, sambaFolder, clock }),
    usage: usageHandlers({ store, clock }),
    userBatches: userBatchHandlers(dependencies),
    userImports: userImportHandlers(dependencies),
    users: userHandlers({ store, engine, passwords, clock }),
    vpnSessions: vpnSessionHandlers({ store, clock }),
  }
}
