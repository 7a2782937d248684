/** Lets other threads of this process go first. */
import { setPriority } from 'node:os'

/**
 * Lowers the calling thread's priority, for good (who is no superuser cannot raise it again); threads that it starts from then on begin with
 * the same. On Linux a thread has a priority of its own; elsewhere it would be the whole process's, and nothing is done.
 *
 * @param niceness 1 to 19; how far back, as setpriority(2) counts it
 */
export function stepBack(niceness: number): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(0, niceness)
  } catch {
    // Then it takes its turn like everybody else.
  }
}
