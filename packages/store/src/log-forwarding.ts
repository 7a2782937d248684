/** The door of the thread that sends events to log receivers: prepared statements only, so that Prisma is never loaded there. */
export { logEventsLimit, openLogRoom } from './log-forwarding/open-log-room.ts'
export type * from './log-receiver-types.ts'
