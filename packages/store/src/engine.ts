/** The door of the engine's threads to the store: prepared statements only, so that Prisma is never loaded there. */
export { openEngineReader } from './engine/reader.ts'
export { decodeRecords, encodeRecords } from './engine/encoding.ts'
export { openJournal } from './engine/journal.ts'
export { openMover, type OpenMoverOptions } from './engine/mover.ts'
export { openOutboxReader } from './engine/outbox-reader.ts'
export { StoreError, type StoreErrorCode } from './store-error.ts'
export { accountPart, usernameKey } from './username-key.ts'
export type * from './engine-accounting-types.ts'
export type * from './engine-radius-types.ts'
export type * from './engine-record-types.ts'
export type * from './engine-standing-types.ts'
export type * from './engine-types.ts'
export type * from './engine-user-types.ts'
export type {
  BuiltInSettings,
  LdapSettings,
  RadiusSettings,
  RadsecSettings,
  TargetSettings,
  WindowsDomainSettings,
} from './types.ts'
