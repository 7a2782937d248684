/**
 * What the main thread may ask of the store: repositories in plain types. Outcomes that a caller has to expect are values;
 * exceptions are bugs and broken I/O. Every change names who made it, and is in the audit trail in the same transaction.
 */
import type { InvitationRepository } from './invitation-types.ts'
import type { AdministratorRepository, SessionRepository } from './administrator-types.ts'
import type { AdministratorFactorRepository, AdministratorPolicyRepository } from './administrator-factor-types.ts'
import type { AlertRepository } from './alert-types.ts'
import type { ApiTokenRepository } from './api-token-types.ts'
import type { AppCandidateRepository, AppDeviceRepository } from './app-types.ts'
import type { PortalFallbackRepository, RecoveryCodeRepository, SecurityAnswerRepository } from './fallback-types.ts'
import type { DirectorySyncRepository } from './directory-sync-types.ts'
import type { GatewayRepository } from './gateway-types.ts'
import type { LogReceiverRepository } from './log-receiver-types.ts'
import type { ProductImportRepository } from './product-import-types.ts'
import type { ContactRepository } from './contact-types.ts'
import type { OwnStandingRepository } from './own-standing-types.ts'
import type { OpenIdRepository } from './openid-types.ts'
import type { PasskeyRepository } from './passkey-types.ts'
import type {
  EnrolmentLinkRepository,
  FactorFailureRepository,
  OwnFactorRepository,
  PortalSessionRepository,
  PortalSettingsRepository,
} from './portal-types.ts'
import type { RadiusClientRepository, RadiusServerRepository, ReplyRuleRepository } from './radius-types.ts'
import type { AuditRepository, SignInRepository, VpnSessionRepository } from './report-types.ts'
import type { ListenerCertificateRepository } from './listener-certificate-types.ts'
import type { RetentionRepository } from './retention-types.ts'
import type { SavedReportRepository } from './saved-report-types.ts'
import type { MetricsTokenRepository, SettingsRepository, WindowsDomainRepository } from './settings-types.ts'
import type {
  CacheRuleRepository,
  CompanyRepository,
  FraudMailRepository,
  PeopleRepository,
  TrustedNetworkRepository,
} from './standing-types.ts'
import type { TokenImportRepository, TokenRepository } from './token-types.ts'
import type { UsageRepository } from './usage-types.ts'
import type { UserBatchRepository } from './user-batch-types.ts'
import type { UserImportRepository } from './user-import-types.ts'
import type { BuiltInRepository, UserRepository } from './user-types.ts'

export type * from './change.ts'
export type * from './administrator-types.ts'
export type * from './administrator-factor-types.ts'
export type * from './api-token-types.ts'
export type * from './contact-types.ts'
export type * from './openid-types.ts'
export type * from './passkey-types.ts'
export type * from './settings-types.ts'
export type * from './radius-types.ts'
export type * from './gateway-types.ts'
export type * from './user-batch-types.ts'
export type * from './user-import-types.ts'
export type * from './product-import-types.ts'
export type * from './user-types.ts'
export type * from './token-types.ts'
export type * from './report-types.ts'
export type * from './usage-types.ts'

/** What there is to ask and to change. */
export interface StoreRooms {
  readonly company: CompanyRepository
  readonly cacheRules: CacheRuleRepository
  readonly trustedNetworks: TrustedNetworkRepository
  readonly fraudMails: FraudMailRepository
  readonly people: PeopleRepository
  readonly administrators: AdministratorRepository
  readonly administratorFactors: AdministratorFactorRepository
  readonly administratorPolicy: AdministratorPolicyRepository
  readonly apiTokens: ApiTokenRepository
  readonly openId: OpenIdRepository
  readonly passkeys: PasskeyRepository
  readonly sessions: SessionRepository
  readonly settings: SettingsRepository
  readonly directorySync: DirectorySyncRepository
  readonly builtIn: BuiltInRepository
  readonly windowsDomain: WindowsDomainRepository
  readonly radiusClients: RadiusClientRepository
  readonly replyRules: ReplyRuleRepository
  readonly radiusServers: RadiusServerRepository
  readonly gateways: GatewayRepository
  readonly alerts: AlertRepository
  readonly logReceivers: LogReceiverRepository
  readonly metricsToken: MetricsTokenRepository
  readonly users: UserRepository
  readonly userBatches: UserBatchRepository
  readonly userImports: UserImportRepository
  readonly productImports: ProductImportRepository
  readonly oathTokens: TokenRepository
  readonly oathImports: TokenImportRepository
  readonly appDevices: AppDeviceRepository
  readonly appCandidates: AppCandidateRepository
  readonly signIns: SignInRepository
  readonly usage: UsageRepository
  readonly vpnSessions: VpnSessionRepository
  readonly audit: AuditRepository
  readonly retention: RetentionRepository
  readonly listenerCertificates: ListenerCertificateRepository
  readonly savedReports: SavedReportRepository
  readonly portalSessions: PortalSessionRepository
  readonly enrolmentLinks: EnrolmentLinkRepository
  readonly invitations: InvitationRepository
  readonly portalSettings: PortalSettingsRepository
  readonly portalFallback: PortalFallbackRepository
  readonly recoveryCodes: RecoveryCodeRepository
  readonly securityAnswers: SecurityAnswerRepository
  readonly ownFactors: OwnFactorRepository
  readonly factorFailures: FactorFailureRepository
  readonly contacts: ContactRepository
  readonly ownStanding: OwnStandingRepository
  counts(): Promise<{ readonly users: number; readonly clients: number; readonly tokens: number }>
}

export interface Store extends StoreRooms {
  /**
   * Everything that is changed inside is changed, or, where `act` rejects, nothing is. It holds the database’s only write lock:
   * ask nobody else meanwhile.
   */
  inTransaction<T>(act: (rooms: StoreRooms) => Promise<T>): Promise<T>
  close(): Promise<void>
}
