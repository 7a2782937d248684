/** Reads a file that is small enough to be held as a whole. */
import type { Readable } from 'node:stream'
import { ImportFault } from './import-fault.ts'

/** @throws ImportFault where it is larger, with this message */
export async function readWhole(file: Readable, maximumOctets: number, tooLarge: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let octets = 0
  try {
    // Left open where reading ends early: the answer goes out on the connection that the rest still comes in on.
    for await (const piece of file.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      octets += piece.length
      if (octets > maximumOctets) throw new ImportFault('too-large', tooLarge)
      pieces.push(piece)
    }
  } finally {
    file.resume()
  }
  if (octets === 0) throw new ImportFault('empty', 'The file is empty.')
  return Buffer.concat(pieces)
}
