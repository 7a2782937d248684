/** The main thread's door to the store. */
export { openStore, type OpenStoreOptions } from './open-store.ts'
export { StoreError, type StoreErrorCode } from './store-error.ts'
export { accountPart, usernameKey } from './username-key.ts'
export type { AuditAction, AuditSubject } from './audit/append.ts'
export type * from './portal-types.ts'
export type * from './standing-types.ts'
export type * from './app-types.ts'
export type * from './types.ts'
