/** Which reader reads which product's file: for the command line and the console. */
import type { ImportProduct } from '@sallyport/contract'
import { readDuo } from './duo.ts'
import { readFreeRadius } from './free-radius.ts'
import { readNps } from './nps.ts'
import { decodeText, type Reading } from './reading.ts'

const readers: Readonly<Record<ImportProduct, (text: string) => Reading>> = {
  duo: readDuo,
  nps: readNps,
  freeradius: readFreeRadius,
}

/** Throws UnreadableFile. */
export function readProduct(product: ImportProduct, file: Uint8Array): Reading {
  return readers[product](decodeText(file))
}
