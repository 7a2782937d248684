/** The entries of the main menu, in order, in the words that administrators know. */
import type { Endpoint } from '@sallyport/contract'
import { api } from '@sallyport/contract'
import {
  IconActivityHeartbeat,
  IconBell,
  IconAlertOctagon,
  IconBroadcast,
  IconBuilding,
  IconCertificate,
  IconChartBar,
  IconClockPlay,
  IconDeviceMobileCode,
  IconHistory,
  IconHourglass,
  IconKey,
  IconMapPinCheck,
  IconMessages,
  IconPlugConnected,
  IconReportSearch,
  IconShieldLock,
  IconShieldSearch,
  IconShieldX,
  IconSitemap,
  IconTestPipe,
  IconTransfer,
  IconTrash,
  IconUserCheck,
  IconUserCircle,
  IconUserCog,
  IconUserX,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'

export interface MenuEntry {
  readonly to: NonNullable<LinkProps['to']>
  /** Its key under app.menu. */
  readonly name: string
  readonly icon: Icon
  /** The heading that it stands under, a key of app.menu too. */
  readonly group?: 'reports'
  /** Shown to those who may call this. */
  readonly needs: Endpoint
}

export const menu: readonly MenuEntry[] = [
  { to: '/status', name: 'status', icon: IconActivityHeartbeat, needs: api.status.read },
  { to: '/users', name: 'users', icon: IconUsers, needs: api.users.list },
  { to: '/pending', name: 'pending', icon: IconHourglass, needs: api.pending.list },
  { to: '/radius-authentication', name: 'radius-authentication', icon: IconShieldLock, needs: api.radius.readSettings },
  { to: '/test-sign-in', name: 'test-sign-in', icon: IconTestPipe, needs: api.testSignIns.start },
  { to: '/directory-integration', name: 'directory-integration', icon: IconSitemap, needs: api.directory.readLdap },
  { to: '/oath-tokens', name: 'oath-tokens', icon: IconDeviceMobileCode, needs: api.oathTokens.list },
  { to: '/caching-rules', name: 'caching-rules', icon: IconClockPlay, needs: api.cacheRules.list },
  {
    to: '/trusted-networks',
    name: 'trusted-networks',
    icon: IconMapPinCheck,
    needs: api.trustedNetworks.list,
  },
  { to: '/gateways', name: 'gateways', icon: IconMessages, needs: api.gateways.list },
  { to: '/log-forwarding', name: 'log-forwarding', icon: IconTransfer, needs: api.logReceivers.list },
  { to: '/alerts', name: 'alerts', icon: IconBell, needs: api.alerts.read },
  {
    to: '/user-portal',
    name: 'user-portal',
    icon: IconUserCircle,
    needs: api.portalAdministration.readSettings,
  },
  { to: '/company-settings', name: 'company-settings', icon: IconBuilding, needs: api.company.read },
  { to: '/certificates', name: 'certificates', icon: IconCertificate, needs: api.listenerCertificates.read },
  { to: '/retention', name: 'retention', icon: IconTrash, needs: api.retention.read },
  { to: '/administrators', name: 'administrators', icon: IconUserCog, needs: api.administrators.list },
  { to: '/api-tokens', name: 'api-tokens', icon: IconKey, needs: api.apiTokens.list },
  {
    to: '/reports/sign-ins',
    name: 'sign-ins',
    icon: IconReportSearch,
    group: 'reports',
    needs: api.reports.listSignIns,
  },
  { to: '/reports/live', name: 'live', icon: IconBroadcast, group: 'reports', needs: api.reports.listSignIns },
  { to: '/reports/usage', name: 'usage', icon: IconChartBar, group: 'reports', needs: api.usage.read },
  {
    to: '/reports/denials',
    name: 'denials',
    icon: IconShieldX,
    group: 'reports',
    needs: api.denials.read,
  },
  {
    to: '/reports/client-security',
    name: 'client-security',
    icon: IconShieldSearch,
    group: 'reports',
    needs: api.clientSecurity.list,
  },
  {
    to: '/reports/vpn-sessions',
    name: 'vpn-sessions',
    icon: IconPlugConnected,
    group: 'reports',
    needs: api.vpnSessions.list,
  },
  { to: '/reports/blocked', name: 'blocked', icon: IconUserX, group: 'reports', needs: api.people.blocks },
  { to: '/reports/bypassed', name: 'bypassed', icon: IconUserCheck, group: 'reports', needs: api.people.bypasses },
  {
    to: '/reports/fraud-reports',
    name: 'fraud-reports',
    icon: IconAlertOctagon,
    group: 'reports',
    needs: api.people.fraudReports,
  },
  { to: '/reports/changes', name: 'changes', icon: IconHistory, group: 'reports', needs: api.administrators.audit },
]
