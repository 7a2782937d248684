/** `sallyport tls create`: a certificate that is signed by itself, for a first start. */
import { X509Certificate } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { selfSigned } from '../../certificates/self-signed.ts'
import { onlyArgument, UsageError, type Command } from '../command.ts'

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/iu

export const tlsCreate: Command = {
  usage: 'tls create <folder> --name <host or address> …',
  summary:
    'Makes a key and a certificate that is signed by itself, for console and portal until there is a better one.',
  help: `Writes certificate.pem and key.pem, the key for this account alone, with every name that browsers will use. Browsers warn of it until
they are told to trust it: compare the fingerprint. It lives for 397 days. Files that are there stay.`,
  options: { name: { type: 'string', multiple: true } },
  async run(given, { terminal, clock }) {
    const folder = resolve(onlyArgument(given, 'the folder that the files go to'))
    const { name } = given.values
    const [first, ...others] = (Array.isArray(name) ? name : []).map(String)
    if (first === undefined) throw new UsageError('Name the server as browsers look for it: --name mfa.example.com.')
    const wrong = [first, ...others].find((each) => isIP(each) === 0 && !hostName.test(each))
    if (wrong !== undefined) throw new UsageError(`--name: “${wrong}” is no host name and no address.`)
    const { certificatePem, keyPem } = selfSigned([first, ...others], clock())
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
    await writeFile(keyFile, keyPem, { flag: 'wx', mode: 0o600 })
    await writeFile(certificateFile, certificatePem, { flag: 'wx', mode: 0o644 })
    const { fingerprint256, validTo } = new X509Certificate(certificatePem)
    terminal.print(`SHA-256 ${fingerprint256}, until ${new Date(validTo).toISOString().slice(0, 10)}.\n`)
    for (const app of ['CONSOLE', 'PORTAL']) {
      terminal.print(`SALLYPORT_${app}_TLS_CERTIFICATE=${certificateFile}\nSALLYPORT_${app}_TLS_KEY=${keyFile}`)
    }
    return 0
  },
}
