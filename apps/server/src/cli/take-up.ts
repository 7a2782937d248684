/** After a command has changed what sign-ins depend on: the running server goes by it at once. */
import { askServer } from '../control/control-socket.ts'
import type { CommandContext } from './command.ts'

/** @returns the exit code */
export async function takeUp({ config, terminal }: CommandContext): Promise<number> {
  try {
    const answered = await askServer(config().dataDir, 'take-up')
    terminal.print(
      answered === null
        ? 'No server runs in this folder: its next start goes by it.'
        : 'The running server goes by it.',
    )
    return 0
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    terminal.complain(`It is saved, but the running server did not take it up (${why}): restart it.`)
    return 1
  }
}
