/** The door of the thread that counts what is kept and removes what is older: prepared statements only, so that Prisma is never loaded there. */
export { openRetentionRoom } from './retention/open-retention-room.ts'
export type * from './retention-types.ts'
