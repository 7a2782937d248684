/** `sallyport certificate show` and `reset`: what console and portal are served with, and the way back to what the environment says. */
import { X509Certificate } from 'node:crypto'
import { certifiedListener } from '@sallyport/contract'
import { wantedCertificate } from '../../certificates/wanted-certificate.ts'
import { onlyArgument, UsageError, type Command } from '../command.ts'
import { inStore } from '../in-store.ts'
import { takeUp } from '../take-up.ts'

const actor = { id: null, name: 'sallyport certificate reset', address: null }
const sources = {
  environment: 'named by the environment',
  files: 'in files, chosen in the console',
  pasted: 'pasted in the console',
  'self-signed': 'made in the console, signed by itself',
} as const

export const certificateShow: Command = {
  usage: 'certificate show',
  summary: 'Shows which certificate console and portal are served with, and where it comes from.',
  help: 'Nothing is changed, and no key is shown. Beside a running server, too.',
  options: {},
  async run({ positionals }, context) {
    if (positionals.length > 0) throw new UsageError('This takes no argument.')
    const { terminal, config } = context
    return inStore(context, async (store) => {
      let well = true
      for (const listener of certifiedListener.options) {
        const settings = await store.listenerCertificates.settings(listener)
        const wanted = await wantedCertificate(config()[listener].tls, settings)
        if (wanted === null) {
          terminal.print(`${listener}: no TLS of its own.`)
        } else if ('problem' in wanted) {
          well = false
          terminal.complain(`${listener}: ${sources[wanted.source]}. ${wanted.problem}`)
        } else {
          const { subject, validTo, fingerprint256 } = new X509Certificate(wanted.certificatePem)
          const until = new Date(validTo).toISOString().slice(0, 10)
          terminal.print(`${listener}: ${sources[wanted.source]}. ${subject.replaceAll('\n', ', ')}, until ${until}.`)
          terminal.print(`  SHA-256 ${fingerprint256}`)
        }
      }
      return well ? 0 : 1
    })
  },
}

export const certificateReset: Command = {
  usage: 'certificate reset (console | portal)',
  summary: 'Drops the certificate that was chosen in the console: what the environment says is served again.',
  help: `For whoever cannot reach the console because of it. The key that was kept goes with it. A running server that has other files
shows them to new connections at once; where the environment names none, it speaks without TLS from its next start on.`,
  options: {},
  async run(given, context) {
    const named = certifiedListener.safeParse(onlyArgument(given, 'console or portal'))
    if (!named.success) throw new UsageError('Name console or portal.')
    const listener = named.data
    return inStore(context, async (store) => {
      // Without what is kept: it may be what cannot be opened.
      const isDone = await store.listenerCertificates.reset(listener, actor)
      context.terminal.print(
        isDone
          ? `The ${listener} goes by what the environment says.`
          : `Nothing was chosen for the ${listener}: it goes by what the environment says.`,
      )
      return isDone ? takeUp(context) : 0
    })
  },
}
