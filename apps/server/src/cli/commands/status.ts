/** `sallyport status`: whether the server of this folder runs and writes down what happens; for health checks. */
import { askServer } from '../../control/control-socket.ts'
import { serverStatus } from '../../control/server-status.ts'
import { UsageError, type Command } from '../command.ts'

export const status: Command = {
  usage: 'status',
  summary: 'Says whether the server runs; exits with 0 where it does and can write down sign-ins.',
  help: 'Asks the running server by the socket in its data folder, and nothing else: cheap enough for every few seconds.',
  options: {},
  async run(given, { config, terminal }) {
    if (given.positionals.length > 0) throw new UsageError('There is nothing to name.')
    const answer = await askServer(config().dataDir, 'status')
    if (answer === null) {
      terminal.complain('No server runs in this folder.')
      return 1
    }
    const { version, pid, sockets, logWritable } = serverStatus.parse(answer)
    const failed = sockets.filter(({ state }) => state === 'failed').length
    terminal.print(
      `Release ${version}, process ${pid}: ${sockets.length - failed} of ${sockets.length} RADIUS sockets listen.`,
    )
    if (!logWritable) terminal.complain('Sign-ins are refused: what happens cannot be written down.')
    return logWritable && failed === 0 ? 0 : 1
  },
}
