/** The door of the thread that synchronizes with the directory: prepared statements only, so that Prisma is never loaded there. */
export { openSyncRoom } from './directory-sync/open-sync-room.ts'
export { usernameKey } from './username-key.ts'
export type { SeenPerson, StagedPerson, SyncRoom } from './directory-sync-types.ts'
