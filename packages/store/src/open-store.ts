/** Opens the store: prepares the data folder, connects Prisma and hands out the repositories. */
import { fileURLToPath } from 'node:url'
import { prepareDatabase } from './database/prepare-database.ts'
import { createPlainRows } from './database/plain-rows.ts'
import { createSafeAdapter } from './database/safe-adapter.ts'
import { openReadOnly } from './engine/connection.ts'
import { PrismaClient } from './generated/client.ts'
import { dataPaths } from './paths.ts'
import { createAdministratorFactorRepository } from './repositories/administrator-factors.ts'
import { createAdministratorPolicyRepository } from './repositories/administrator-policy.ts'
import { createAdministratorRepository } from './repositories/administrators.ts'
import { createAlertRepository } from './repositories/alerts.ts'
import { createApiTokenRepository } from './repositories/api-tokens.ts'
import { createAppCandidateRepository } from './repositories/app-candidates.ts'
import { createAppDeviceRepository } from './repositories/app-devices.ts'
import { createAuditRepository } from './repositories/audit.ts'
import { createBuiltInRepository } from './repositories/built-in.ts'
import { createCacheRuleRepository } from './repositories/cache-rules.ts'
import { createCompanyRepository } from './repositories/company.ts'
import { createContactRepository } from './repositories/contacts.ts'
import type { Context, Transaction } from './repositories/context.ts'
import { createTokenImportRepository } from './repositories/oath-imports.ts'
import { createDirectorySyncRepository } from './repositories/directory-sync.ts'
import { createEnrolmentLinkRepository } from './repositories/enrolment-links.ts'
import { createFraudMailRepository } from './repositories/fraud-mails.ts'
import { createOpenIdRepository } from './repositories/openid.ts'
import { createPasskeyRepository } from './repositories/passkeys.ts'
import { createPeopleRepository } from './repositories/people.ts'
import { createTrustedNetworkRepository } from './repositories/trusted-networks.ts'
import { createTokenRepository } from './repositories/oath-tokens.ts'
import { createOwnFactorRepository } from './repositories/own-factors.ts'
import { createOwnStandingRepository } from './repositories/own-standing.ts'
import { createPortalSessionRepository } from './repositories/portal-sessions.ts'
import { createPortalFallbackRepository } from './repositories/portal-fallback.ts'
import { createPortalSettingsRepository } from './repositories/portal-settings.ts'
import { createProductImportRepository } from './repositories/product-imports.ts'
import { createRadiusClientRepository } from './repositories/radius-clients.ts'
import { createReplyRuleRepository } from './repositories/reply-rules.ts'
import { createFactorFailureRepository } from './repositories/factor-failures.ts'
import { createGatewayRepository } from './repositories/gateways.ts'
import { createInvitationRepository } from './repositories/invitations.ts'
import { createLogReceiverRepository } from './repositories/log-receivers.ts'
import { createMetricsTokenRepository } from './repositories/metrics-token.ts'
import { createRadiusServerRepository } from './repositories/radius-servers.ts'
import { createRecoveryCodeRepository } from './repositories/recovery-codes.ts'
import { createListenerCertificateRepository } from './repositories/listener-certificates.ts'
import { createRetentionRepository } from './repositories/retention.ts'
import { createSavedReportRepository } from './repositories/saved-reports.ts'
import { createSecurityAnswerRepository } from './repositories/security-answers.ts'
import { createSessionRepository } from './repositories/sessions.ts'
import { createSettingsRepository } from './repositories/settings.ts'
import { createSignInRepository } from './repositories/sign-ins.ts'
import { createUsageRepository } from './repositories/usage.ts'
import { createUserBatchRepository } from './repositories/user-batches.ts'
import { createUserImportRepository } from './repositories/user-imports.ts'
import { createUserRepository } from './repositories/users.ts'
import { createVpnSessionRepository } from './repositories/vpn-sessions.ts'
import { createWindowsDomainRepository } from './repositories/windows-domain.ts'
import type { Store, StoreRooms } from './types.ts'

export interface OpenStoreOptions {
  /** The folder of the database, the journal and the sealing key; made where it is missing. */
  readonly dataDir: string
  readonly clock?: () => Date
  /** The folder of the migrations; a bundled server names its own copy. */
  readonly migrationsDir?: string
}

/** Writers wait for each other here rather than fail. */
const waitMs = 30_000

/**
 * Opens the store, after bringing the database up to this release.
 * Throws StoreError with a code and a message that names the file and the fix; nothing is half applied then.
 */
export async function openStore({
  dataDir,
  clock = () => new Date(),
  migrationsDir = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url)),
}: OpenStoreOptions): Promise<Store> {
  const sealer = await prepareDatabase(dataDir, migrationsDir, clock())
  const prisma = new PrismaClient({
    adapter: createSafeAdapter(dataPaths(dataDir).database),
    transactionOptions: { maxWait: waitMs, timeout: waitMs },
  })
  await prisma.$connect()
  const plain = createPlainRows(() => openReadOnly(dataPaths(dataDir).database))
  const others = { plain, sealer, clock }
  return {
    ...roomsOf({ prisma, ...others }),
    inTransaction: (act) => prisma.$transaction(async (tx) => act(roomsOf({ prisma: insideOf(tx), ...others }))),
    close: async () => {
      plain.close()
      await prisma.$disconnect()
    },
  }
}

/** For repositories that begin a transaction of their own: theirs is part of this one. */
function insideOf(tx: Transaction): PrismaClient {
  const begin = (act: (inner: Transaction) => Promise<unknown>) => act(tx)
  return new Proxy(tx, {
    get: (target, name) => (name === '$transaction' ? begin : (Reflect.get(target, name) as unknown)),
    // What a repository uses of a client is what a transaction has, and the beginning of one.
  }) as PrismaClient
}

function roomsOf(context: Context): StoreRooms {
  const { prisma } = context
  return {
    administrators: createAdministratorRepository(context),
    administratorFactors: createAdministratorFactorRepository(context),
    administratorPolicy: createAdministratorPolicyRepository(context),
    apiTokens: createApiTokenRepository(context),
    openId: createOpenIdRepository(context),
    passkeys: createPasskeyRepository(context),
    sessions: createSessionRepository(context),
    settings: createSettingsRepository(context),
    directorySync: createDirectorySyncRepository(context),
    windowsDomain: createWindowsDomainRepository(context),
    builtIn: createBuiltInRepository(context),
    radiusClients: createRadiusClientRepository(context),
    replyRules: createReplyRuleRepository(context),
    radiusServers: createRadiusServerRepository(context),
    gateways: createGatewayRepository(context),
    alerts: createAlertRepository(context),
    logReceivers: createLogReceiverRepository(context),
    metricsToken: createMetricsTokenRepository(context),
    users: createUserRepository(context),
    userBatches: createUserBatchRepository(context),
    userImports: createUserImportRepository(context),
    productImports: createProductImportRepository(context),
    company: createCompanyRepository(context),
    cacheRules: createCacheRuleRepository(context),
    trustedNetworks: createTrustedNetworkRepository(context),
    fraudMails: createFraudMailRepository(context),
    people: createPeopleRepository(context),
    oathTokens: createTokenRepository(context),
    oathImports: createTokenImportRepository(context),
    appDevices: createAppDeviceRepository(context),
    appCandidates: createAppCandidateRepository(context),
    signIns: createSignInRepository(context),
    usage: createUsageRepository(context),
    vpnSessions: createVpnSessionRepository(context),
    audit: createAuditRepository(context),
    retention: createRetentionRepository(context),
    listenerCertificates: createListenerCertificateRepository(context),
    savedReports: createSavedReportRepository(context),
    portalSessions: createPortalSessionRepository(context),
    portalSettings: createPortalSettingsRepository(context),
    portalFallback: createPortalFallbackRepository(context),
    recoveryCodes: createRecoveryCodeRepository(context),
    securityAnswers: createSecurityAnswerRepository(context),
    ownFactors: createOwnFactorRepository(context),
    factorFailures: createFactorFailureRepository(context),
    contacts: createContactRepository(context),
    ownStanding: createOwnStandingRepository(context),
    enrolmentLinks: createEnrolmentLinkRepository(context),
    invitations: createInvitationRepository(context),
    counts: async () => ({
      users: await prisma.user.count(),
      clients: await prisma.radiusClient.count(),
      tokens: await prisma.oathToken.count(),
    }),
  }
}
