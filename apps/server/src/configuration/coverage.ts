/** Every kind of thing that the store keeps: what a file has of it, or why it has nothing. A new kind does not compile until it is named here. */
import type { SettingName as StoredSetting, StoreRooms } from '@sallyport/store'
import type { ListName } from './list-parts.ts'
import type { SettingName } from './setting-parts.ts'

/** What is left out, and why: an export says it. */
export const leftOut = {
  people: 'People, their tokens, phones, devices and links: users and tokens are imported by themselves.',
  administrators: 'Administrators, what they sign in with, and API tokens: each server has its own.',
  metrics: 'The token for the metrics: it is drawn anew on each server.',
  retention: 'For how long records are kept: what would go by it is shown and agreed to in the console first.',
  certificates: 'Certificates and keys of console and portal: each server is found under names of its own.',
  savedReports: 'Saved reports: they name users, RADIUS clients and administrators of one server.',
  records: 'What happened: sign-ins, sessions, reports and changes go by backup and restore.',
} as const

type Part = SettingName | ListName
type LeftOut = keyof typeof leftOut
type Coverage = readonly Part[] | LeftOut

/** Of each setting that is saved whole. */
const settings: Readonly<Record<StoredSetting, Part | LeftOut>> = {
  radius: 'radius',
  radsec: 'radsec',
  target: 'target',
  ldap: 'ldap',
  'built-in': 'builtIn',
  'radius-target': 'radiusTarget',
  'windows-domain': 'windowsDomain',
  company: 'company',
  portal: 'portal',
  'portal-fallback': 'portalFallback',
  'directory-sync': 'directorySync',
  'administrator-policy': 'administratorPolicy',
  openid: 'openId',
  alerts: 'alerts',
  retention: 'retention',
  'console-certificate': 'certificates',
  'portal-certificate': 'certificates',
}

/** Of each room of the store. */
const rooms: Readonly<Record<Exclude<keyof StoreRooms, 'counts'>, Coverage>> = {
  settings: ['radius', 'radsec', 'target', 'ldap', 'radiusTarget'],
  company: ['company'],
  builtIn: ['builtIn'],
  windowsDomain: ['windowsDomain'],
  portalSettings: ['portal'],
  portalFallback: ['portalFallback'],
  directorySync: ['directorySync'],
  administratorPolicy: ['administratorPolicy'],
  openId: ['openId'],
  alerts: ['alerts'],
  radiusClients: ['clients'],
  radiusServers: ['servers'],
  gateways: ['gateways'],
  logReceivers: ['logReceivers'],
  replyRules: ['replyRules'],
  cacheRules: ['cacheRules'],
  trustedNetworks: ['trustedNetworks'],
  retention: 'retention',
  listenerCertificates: 'certificates',
  savedReports: 'savedReports',
  metricsToken: 'metrics',
  administrators: 'administrators',
  administratorFactors: 'administrators',
  apiTokens: 'administrators',
  passkeys: 'administrators',
  sessions: 'administrators',
  users: 'people',
  people: 'people',
  oathTokens: 'people',
  appDevices: 'people',
  appCandidates: 'people',
  contacts: 'people',
  enrolmentLinks: 'people',
  invitations: 'people',
  recoveryCodes: 'people',
  securityAnswers: 'people',
  ownFactors: 'people',
  ownStanding: 'people',
  factorFailures: 'people',
  portalSessions: 'people',
  userBatches: 'records',
  userImports: 'records',
  productImports: 'records',
  oathImports: 'records',
  signIns: 'records',
  usage: 'records',
  vpnSessions: 'records',
  audit: 'records',
  fraudMails: 'records',
}

/** The parts that are named above; a test holds them against those that there are. */
export const covered: ReadonlySet<string> = new Set([...Object.values(settings), ...Object.values(rooms).flat()])
