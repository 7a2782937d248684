/**
 * One synchronization: reads the directory, compares, waits for a yes where one is needed, applies. Until everything was read and compared
 * nothing is changed; what fails later leaves what was done, and the next run goes on from there.
 */
import { LdapFailure, openDirectoryReader } from '@sallyport/directory'
import type { SyncRoom } from '@sallyport/store/directory-sync'

import { toConfiguration } from '../ldap/to-configuration.ts'
import { readDirectory } from './read-directory.ts'

export interface RunSyncOptions {
  readonly room: SyncRoom
  /** Calls the run off: what was done by then stays. With the reason `stop` it is not over. */
  readonly signal: AbortSignal
  readonly onFound: (found: number) => void
  /** Resolves once sign-ins are decided by what these users are now. */
  readonly onUsers: (ids: readonly string[]) => Promise<void>
  /** Something that is nobody's fault outside; the administrator is told that there is more in the log. */
  readonly onProblem: (error: unknown) => void
  /** Lets others have the processor and the database. */
  readonly pause: () => Promise<void>
}

/** The engine reads each of them by itself, between sign-ins. */
const usersAtOnce = 50

/** Every end is in the store: this rejects for nothing. */
export async function runSync(options: RunSyncOptions): Promise<void> {
  const { room, signal, onProblem } = options
  try {
    if (room.run.state === 'applying' || (await plan(options))) await apply(options)
  } catch (error) {
    if (signal.aborted && signal.reason === 'stop') return
    if (signal.aborted) room.cancel()
    else if (error instanceof LdapFailure) room.fail(error.message)
    else {
      onProblem(error)
      room.fail('Something went wrong in the server: its log says what.')
    }
  }
}

/** @returns whether it may be done now */
async function plan({ room, signal, onFound, pause }: RunSyncOptions): Promise<boolean> {
  const { run, settings } = room
  const reader = await openDirectoryReader(toConfiguration(room.ldap), signal)
  try {
    room.setServer(reader.server)
    const onPage = async (found: number) => {
      onFound(found)
      await pause()
      signal.throwIfAborted()
    }
    await readDirectory({ room, reader, isFull: run.kind === 'full', onPage })
  } finally {
    reader.close()
  }
  const counts = await room.compare(async () => {
    await pause()
    signal.throwIfAborted()
  })
  signal.throwIfAborted()
  if (run.dryRun) {
    room.finish()
    return false
  }
  const { approveAbove, collisions } = settings
  const isMuch = approveAbove !== null && counts.disabled + counts.removed > approveAbove
  const isAsked = collisions === 'ask' && counts.adopted > 0
  room.setState(isMuch || isAsked ? 'waiting' : 'applying')
  return !isMuch && !isAsked
}

async function apply({ room, signal, onUsers, pause }: RunSyncOptions): Promise<void> {
  for (let ids = room.applySome(); ids !== null; ids = room.applySome()) {
    for (let from = 0; from < ids.length; from += usersAtOnce) await onUsers(ids.slice(from, from + usersAtOnce))
    await pause()
    signal.throwIfAborted()
  }
  room.finish()
}
