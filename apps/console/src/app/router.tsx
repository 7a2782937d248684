/** The routes of the console: adding a screen is a line here and one in the menu. */
import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { accountRoute } from '../features/account/route.tsx'
import { administratorsRoute } from '../features/administrators/route.tsx'
import { alertsRoute } from '../features/alerts/route.tsx'
import { apiTokensRoute } from '../features/api-tokens/route.tsx'
import { cachingRulesRoute } from '../features/caching-rules/route.tsx'
import { certificatesRoute } from '../features/certificates/route.tsx'
import { changesRoute } from '../features/changes/route.tsx'
import { clientSecurityRoute } from '../features/client-security/route.tsx'
import { companySettingsRoute } from '../features/company-settings/route.tsx'
import { denialsRoute } from '../features/denials/route.tsx'
import { directoryIntegrationRoute, directoryRunRoute } from '../features/directory-integration/route.tsx'
import { oathImportRoute, oathImportsRoute, oathTokensRoute } from '../features/oath-tokens/route.tsx'
import { fraudReportsRoute } from '../features/fraud-reports/route.tsx'
import { gatewaysRoute } from '../features/gateways/route.tsx'
import { logForwardingRoute } from '../features/log-forwarding/route.tsx'
import { pendingRoute } from '../features/pending/route.tsx'
import { productImportRoute, radiusAuthenticationRoute } from '../features/radius-authentication/route.tsx'
import { retentionRoute } from '../features/retention/route.tsx'
import { signInProviderRoute } from '../features/sign-in-provider/route.tsx'
import { liveRoute, signInDetailsRoute, signInsRoute } from '../features/sign-ins/route.tsx'
import { blockedRoute, bypassedRoute } from '../features/standing-history/route.tsx'
import { statusRoute } from '../features/status/route.tsx'
import { testSignInRoute } from '../features/test-sign-in/route.tsx'
import { trustedNetworksRoute } from '../features/trusted-networks/route.tsx'
import { usageRoute } from '../features/usage/route.tsx'
import { userPortalRoute } from '../features/user-portal/route.tsx'
import { userImportRoute, userImportsRoute, userRoute, usersRoute } from '../features/users/route.tsx'
import { vpnSessionDetailsRoute, vpnSessionsRoute } from '../features/vpn-sessions/route.tsx'
import { lazyPage } from '../lib/lazy-page.ts'
import { rootRoute, shellRoute, signedInRoute } from '../lib/shell-route.tsx'
import { NotFound, RouteFailed, RoutePending } from './route-states.tsx'
import { providerLandingRoute } from './provider-landing-route.ts'
import { setUpRoute } from './set-up/route.tsx'
import { signInRoute } from './sign-in-route.tsx'

// The frame with its menus is no part of the first load: the sign-in page does without.
shellRoute.update({ component: lazyPage(() => import('./shell.tsx'), 'Shell') })

const firstPageRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/status', replace: true, throw: true })
  },
})

const routeTree = rootRoute.addChildren([
  signInRoute,
  providerLandingRoute,
  setUpRoute,
  signedInRoute.addChildren([
    firstPageRoute,
    shellRoute.addChildren([
      statusRoute,
      usersRoute,
      userRoute,
      userImportsRoute,
      userImportRoute,
      pendingRoute,
      radiusAuthenticationRoute,
      productImportRoute,
      testSignInRoute,
      directoryIntegrationRoute,
      directoryRunRoute,
      oathTokensRoute,
      oathImportsRoute,
      oathImportRoute,
      cachingRulesRoute,
      trustedNetworksRoute,
      gatewaysRoute,
      logForwardingRoute,
      alertsRoute,
      userPortalRoute,
      companySettingsRoute,
      certificatesRoute,
      retentionRoute,
      signInsRoute,
      signInDetailsRoute,
      liveRoute,
      usageRoute,
      denialsRoute,
      clientSecurityRoute,
      vpnSessionsRoute,
      vpnSessionDetailsRoute,
      blockedRoute,
      bypassedRoute,
      fraudReportsRoute,
      changesRoute,
      administratorsRoute,
      signInProviderRoute,
      accountRoute,
      apiTokensRoute,
    ]),
  ]),
])

export function createConsoleRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: RouteFailed,
    defaultPendingComponent: RoutePending,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>
  }
}
