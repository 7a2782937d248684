/** The first element of every query key, so that one room can say that another's data is out of date. */
export const queryRoots = {
  administrators: 'administrators',
  changes: 'changes',
  directory: 'directory',
  fraudReports: 'fraud-reports',
  oathImports: 'oath-imports',
  gateways: 'gateways',
  oathTokens: 'oath-tokens',
  pending: 'pending',
  radius: 'radius',
  session: 'session',
  signIns: 'sign-ins',
  status: 'status',
  testSignIns: 'test-sign-ins',
  userPortal: 'user-portal',
  users: 'users',
  vpnSessions: 'vpn-sessions',
} as const
