/** Reads the servers of the target *RADIUS server(s)* in their order, secrets unsealed. */
import type { Database } from 'better-sqlite3'
import type { EngineRadiusServer, EngineRadiusTarget } from '../engine-radius-types.ts'
import { places } from '../sealing/places.ts'
import type { Sealer } from '../sealing/sealer.ts'
import { radiusTargetSettings, type SettingRow } from '../settings-values.ts'

interface ServerRow extends Omit<EngineRadiusServer, 'sharedSecret' | 'privateKey' | 'messageAuthenticatorSeen'> {
  readonly sealedSharedSecret: string | null
  readonly sealedPrivateKey: string | null
  readonly messageAuthenticatorSeen: 0 | 1
}

export function prepareRadiusTarget(
  database: Database,
  sealer: Sealer,
  setting: () => SettingRow | undefined,
): () => EngineRadiusTarget {
  const inOrder = database.prepare<[], ServerRow>(
    `SELECT id, host, authenticationPort, accountingPort, transport, sealedSharedSecret, timeoutSeconds, tries,
       messageAuthenticator, caPem, certificatePem, sealedPrivateKey,
       messageAuthenticatorSeenAt IS NOT NULL AS messageAuthenticatorSeen
     FROM RadiusServer ORDER BY position, id`,
  )
  const open = (sealed: string | null, place: string) =>
    sealed === null ? null : sealer.open(sealed, place).toString()
  return () => ({
    whenAllDead: radiusTargetSettings(setting()).whenAllDead,
    servers: inOrder.all().map(({ sealedSharedSecret, sealedPrivateKey, ...row }) => ({
      ...row,
      sharedSecret: open(sealedSharedSecret, places.serverSecret(row.id)),
      privateKey: open(sealedPrivateKey, places.serverKey(row.id)),
      messageAuthenticatorSeen: row.messageAuthenticatorSeen === 1,
    })),
  })
}
