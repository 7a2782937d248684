/** Real third-party servers and clients for tests and benchmarks, each on loopback ports of its own. */
export { createCertificates, type CertificateFiles, type TestCertificates } from './certificates.ts'
export {
  startOpenIdProvider,
  type OpenIdPerson,
  type OpenIdProviderOptions,
  type RunningOpenIdProvider,
} from './openid-provider.ts'
export { freeTcpPort, freeUdpPort } from './ports.ts'
export { acceptsTcp, startProcess, type RunningProcess, type StartOptions } from './process.ts'
export { numberedUsers, type SlapdUser } from './slapd-content.ts'
export { startSlapd, type RunningSlapd, type SlapdOptions } from './slapd.ts'
export {
  startFreeRadius,
  startFreeRadiusLdap,
  type FreeRadiusLdapOptions,
  type FreeRadiusUser,
  type FreeRadiusUsersOptions,
  type RunningFreeRadius,
} from './freeradius.ts'
export {
  startFreeRadiusAccounting,
  type FreeRadiusAccountingOptions,
  type RunningFreeRadiusAccounting,
} from './freeradius-accounting.ts'
export {
  startFreeRadiusProxy,
  startFreeRadiusRadsec,
  type FreeRadiusProxyOptions,
  type FreeRadiusRadsecOptions,
  type RunningFreeRadiusProxy,
  type RunningFreeRadiusRadsec,
} from './freeradius-radsec.ts'
export {
  startFreeRadiusUdpProxy,
  type FreeRadiusUdpProxyOptions,
  type RunningFreeRadiusUdpProxy,
} from './freeradius-udp-proxy.ts'
export { type ChallengeCode, type LdapSource } from './freeradius-config.ts'
export { radclient, type RadclientOptions, type RadclientReply, type RadclientResult } from './radclient.ts'
export { startRsyslog, type RsyslogMessage, type RsyslogOptions, type RunningRsyslog } from './rsyslog.ts'
export { startSambaAd, type RunningSambaAd, type SambaGroup, type SambaUser } from './samba-ad.ts'
