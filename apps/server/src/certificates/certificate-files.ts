/** Reads certificate and key from files on this machine: ordinary ones, of a bounded size, and no word of what is in them gets out. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { listenerFaults, type ListenerCertificate } from './listener-faults.ts'

export interface CertificateFiles {
  readonly certificateFile: string
  readonly keyFile: string
}

export interface FileProblem {
  /** The field that names the file. */
  readonly path: 'certificateFile' | 'keyFile'
  readonly problem: string
}

const atMost = 128 * 1024

/** Both, as they are together at this moment and can be served; else the first problem. */
export async function readCertificateFiles(files: CertificateFiles): Promise<ListenerCertificate | FileProblem> {
  const certificatePem = await textOf(files, 'certificateFile')
  if (typeof certificatePem !== 'string') return certificatePem
  const keyPem = await textOf(files, 'keyFile')
  if (typeof keyPem !== 'string') return keyPem
  const [fault] = listenerFaults({ certificatePem, keyPem })
  if (fault === undefined) return { certificatePem, keyPem }
  const path = fault.path === 'keyPem' ? 'keyFile' : 'certificateFile'
  return { path, problem: `${files[path]}: ${fault.message}` }
}

/** What is missing and what may not be read are told apart by nobody who is not on this machine. */
async function textOf(files: CertificateFiles, path: FileProblem['path']): Promise<string | FileProblem> {
  const problem = `${files[path]} cannot be read: it has to be a file of at most 128 KiB that the server’s account may read.`
  try {
    // Without waiting: a pipe would have nobody at its other end.
    const handle = await open(files[path], constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      if (!(await handle.stat()).isFile()) return { path, problem }
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(atMost + 1), 0, atMost + 1, 0)
      return bytesRead > atMost ? { path, problem } : buffer.toString('utf8', 0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch {
    return { path, problem }
  }
}
