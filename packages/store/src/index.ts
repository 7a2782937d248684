/** The main thread's door to the store. */
export type { BackupContents } from './backup/backup-file.ts'
export { createBackup, type Backup, type CreateBackupOptions } from './backup/create-backup.ts'
export { restoreBackup, type Restored, type RestoreBackupOptions } from './backup/restore-backup.ts'
export { lastOfExport, verifyExport, type AuditVerdict } from './audit/export.ts'
export { openStore, type OpenStoreOptions } from './open-store.ts'
export { examineData, type DataExamination, type DataFinding } from './examine/examine-data.ts'
export { StoreError, type StoreErrorCode } from './store-error.ts'
export { accountPart, usernameKey } from './username-key.ts'
export type { AuditAction, AuditSubject } from './audit/append.ts'
export type { AlertRecord } from './alert-types.ts'
export type { SettingName } from './settings-values.ts'
export type * from './fallback-types.ts'
export type { LogReceiverRecord, LogReceiverRepository, LogReceiverSecrets } from './log-receiver-types.ts'
export type {
  ListenerCertificateRepository,
  ListenerCertificateSettings,
  ListenerCertificateSource,
} from './listener-certificate-types.ts'
export type { RetentionRunRecord } from './retention-types.ts'
export type * from './saved-report-types.ts'
export type { DirectorySyncRepository, SyncRunRecord } from './directory-sync-types.ts'
export type * from './invitation-types.ts'
export type * from './portal-types.ts'
export type * from './standing-types.ts'
export type * from './app-types.ts'
export type * from './types.ts'
