/** Makes a throw-away certificate authority with server and client certificates, and some that must be refused. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface CertificateFiles {
  /** Path of the certificate, PEM. */
  readonly certificate: string
  /** Path of its unencrypted EC P-256 key, PEM. */
  readonly key: string
}

export interface TestCertificates {
  readonly folder: string
  /** The authority that `server` and `client` chain to: path and text. */
  readonly caFile: string
  readonly caPem: string
  /** For localhost, 127.0.0.1 and ::1. */
  readonly server: CertificateFiles
  readonly client: CertificateFiles
  /** Of the same authority and names as `server`, and expired yesterday. */
  readonly expired: CertificateFiles
  /** Of the same authority, for ldap.elsewhere.test only. */
  readonly otherName: CertificateFiles
  /** For the right names, of an authority that nobody trusts. */
  readonly foreign: CertificateFiles
  readonly foreignCaFile: string
  readonly foreignCaPem: string
  /** An authority whose own certificate expired yesterday. */
  readonly expiredCaPem: string
  /** Deletes the folder. */
  remove(): Promise<void>
}

const loopbackNames = 'DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1'

/** Writes the certificates into a new folder below the system's temporary one; needs the `openssl` command. */
export async function createCertificates(): Promise<TestCertificates> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-certificates-'))
  const [ca, foreignCa, expiredCa] = await Promise.all([
    authority(folder, 'ca', 'Test CA', 3650),
    authority(folder, 'foreign-ca', 'Foreign CA', 3650),
    authority(folder, 'expired-ca', 'Expired CA', -1),
  ])
  const [server, client, expired, otherName, foreign] = await Promise.all([
    leaf(folder, ca, { name: 'server', commonName: 'localhost', names: loopbackNames, use: 'serverAuth,clientAuth' }),
    leaf(folder, ca, { name: 'client', commonName: 'client1', names: 'DNS:client1,IP:127.0.0.1', use: 'clientAuth' }),
    leaf(folder, ca, { name: 'expired', commonName: 'localhost', names: loopbackNames, use: 'serverAuth', days: -1 }),
    leaf(folder, ca, { name: 'other', commonName: 'other', names: 'DNS:ldap.elsewhere.test', use: 'serverAuth' }),
    leaf(folder, foreignCa, { name: 'foreign', commonName: 'localhost', names: loopbackNames, use: 'serverAuth' }),
  ])
  const text = (files: CertificateFiles) => readFile(files.certificate, 'utf8')
  return {
    folder,
    caFile: ca.certificate,
    caPem: await text(ca),
    server,
    client,
    expired,
    otherName,
    foreign,
    foreignCaFile: foreignCa.certificate,
    foreignCaPem: await text(foreignCa),
    expiredCaPem: await text(expiredCa),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

interface Leaf {
  readonly name: string
  readonly commonName: string
  readonly names: string
  readonly use: string
  readonly days?: number
}

async function authority(folder: string, name: string, commonName: string, days: number): Promise<CertificateFiles> {
  const files = await request(folder, name, commonName)
  const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']
  await sign(folder, name, ['-signkey', files.key], extensions, days)
  return files
}

async function leaf(folder: string, ca: CertificateFiles, wanted: Leaf): Promise<CertificateFiles> {
  const files = await request(folder, wanted.name, wanted.commonName)
  const extensions = [
    'basicConstraints=CA:FALSE',
    'keyUsage=digitalSignature,keyEncipherment',
    `extendedKeyUsage=${wanted.use}`,
    `subjectAltName=${wanted.names}`,
  ]
  await sign(folder, wanted.name, ['-CA', ca.certificate, '-CAkey', ca.key], extensions, wanted.days ?? 3650)
  return files
}

async function request(folder: string, name: string, commonName: string): Promise<CertificateFiles> {
  const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) }
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const out = ['-keyout', files.key, '-out', join(folder, `${name}.csr`)]
  await openssl(['req', ...curve, '-subj', `/CN=${commonName}`, ...out])
  return files
}

async function sign(folder: string, name: string, signer: string[], extensions: string[], days: number): Promise<void> {
  const extensionFile = join(folder, `${name}.ext`)
  await writeFile(extensionFile, extensions.join('\n') + '\n')
  const serial = ['-set_serial', String(BigInt(`0x${Buffer.from(name).toString('hex')}`))]
  const files = ['-in', join(folder, `${name}.csr`), '-out', join(folder, `${name}.pem`), '-extfile', extensionFile]
  // -1 is the only negative number of days that openssl takes: it ends the certificate's life yesterday.
  await openssl(['x509', '-req', ...files, ...signer, ...serial, '-days', String(days)])
}

async function openssl(args: string[]): Promise<void> {
  await promisify(execFile)('openssl', args)
}
