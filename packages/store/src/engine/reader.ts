/** Reads what sign-ins need, by prepared statements. */
import type { Database } from 'better-sqlite3'
import type { EngineClient } from '../engine-radius-types.ts'
import type { StoredChallenge } from '../engine-record-types.ts'
import type { EngineReader } from '../engine-types.ts'
import { dataPaths } from '../paths.ts'
import { readKey } from '../sealing/key-file.ts'
import { places } from '../sealing/places.ts'
import { createSealer, type Sealer } from '../sealing/sealer.ts'
import {
  builtInSettings,
  companySettings,
  ldapSettings,
  radiusSettings,
  radsecSettings,
  targetSettings,
  type SettingName,
  type SettingRow,
} from '../settings-values.ts'
import { StoreError } from '../store-error.ts'
import { windowsDomainSettings } from '../windows-domain-values.ts'
import { openReadOnly } from './connection.ts'
import { prepareFactorRequests } from './factor-requests.ts'
import { preparePasswords } from './passwords.ts'
import { prepareReplyRules } from './reply-rules.ts'
import { prepareStandingReader } from './standing.ts'
import { prepareRadiusTarget } from './radius-target.ts'
import { methodsOf, prepareUsers } from './users.ts'

/** The database and its key must be there: the main thread opens the store first. */
export function openEngineReader({ dataDir }: { readonly dataDir: string }): EngineReader {
  const paths = dataPaths(dataDir)
  const key = readKey(paths.key)
  if (key === undefined) throw new StoreError('key-missing', `The key file ${paths.key} is gone. Put it back.`)
  const sealer = createSealer(key)
  const database = openReadOnly(paths.database)
  const settingRow = database.prepare<[SettingName], SettingRow>(
    'SELECT value, sealed, version FROM Setting WHERE name = ?',
  )
  const openChallenges = database.prepare<[number], StoredChallenge>(
    'SELECT state, expiresAt AS expiresAtMs, body FROM Challenge WHERE expiresAt > ?',
  )
  return {
    radius: () => radiusSettings(settingRow.get('radius')),
    radsec: () => radsecSettings(settingRow.get('radsec'), sealer),
    target: () => targetSettings(settingRow.get('target')),
    ldap: () => ldapSettings(settingRow.get('ldap'), sealer),
    radiusTarget: prepareRadiusTarget(database, sealer, () => settingRow.get('radius-target')),
    builtIn: () => builtInSettings(settingRow.get('built-in')),
    windowsDomain: () => windowsDomainSettings(settingRow.get('windows-domain'), sealer),
    company: () => companySettings(settingRow.get('company')),
    ...prepareStandingReader(database, key),
    ...preparePasswords(database, sealer),
    ...prepareFactorRequests(database, sealer, key),
    clients: prepareClients(database, sealer),
    replyRules: prepareReplyRules(database, sealer),
    ...prepareUsers(database),
    sealOutboxSecret: (clientId, sharedSecret) => sealer.seal(sharedSecret, places.outboxSecret(clientId)),
    unsealToken: ({ id, sealedSecret }) => sealer.open(sealedSecret, places.tokenSecret(id)),
    challenges: (nowMs) => openChallenges.all(nowMs),
    close: () => database.close(),
  }
}

interface ClientRow extends Omit<EngineClient, 'sharedSecret' | keyof ClientFlags> {
  readonly sealedSharedSecret: string
  readonly limitProxyState: 0 | 1
  readonly requireUserMatch: 0 | 1
  readonly canBeChallenged: 0 | 1
  readonly allowedMethods: string
  readonly fallbackOath: 0 | 1
  readonly pushWithoutNumber: 0 | 1
  readonly messageAuthenticatorSeen: 0 | 1
}
type ClientFlags = Pick<
  EngineClient,
  | 'requireUserMatch'
  | 'limitProxyState'
  | 'canBeChallenged'
  | 'messageAuthenticatorSeen'
  | 'allowedMethods'
  | 'fallbackOath'
  | 'pushWithoutNumber'
>

function prepareClients(database: Database, sealer: Sealer): () => readonly EngineClient[] {
  const enabled = database.prepare<[], ClientRow>(
    `SELECT id, address, nasIdentifier, certificateName, applicationName, sealedSharedSecret, requireUserMatch, messageAuthenticator,
       limitProxyState, factorMode, canBeChallenged, deviceTimeoutSeconds, allowedMethods, fallbackOath, pushWithoutNumber,
       messageAuthenticatorSeenAt IS NOT NULL AS messageAuthenticatorSeen
     FROM RadiusClient WHERE enabled`,
  )
  return () =>
    enabled.all().map(({ sealedSharedSecret, ...row }) => ({
      ...row,
      sharedSecret: sealer.open(sealedSharedSecret, places.sharedSecret(row.id)).toString(),
      requireUserMatch: row.requireUserMatch === 1,
      limitProxyState: row.limitProxyState === 1,
      canBeChallenged: row.canBeChallenged === 1,
      messageAuthenticatorSeen: row.messageAuthenticatorSeen === 1,
      allowedMethods: methodsOf(row.allowedMethods),
      fallbackOath: row.fallbackOath === 1,
      pushWithoutNumber: row.pushWithoutNumber === 1,
    }))
}
