// Lays a `.br` and a `.gz` beside every file of the console that gains by it, so that no request pays for compression.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const text = /\.(?:css|html|js|json|svg)$/

/** Below this, a packet is a packet. */
const worthBytes = 1_000

export async function compressFiles(folder) {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const file of files) {
    if (!file.isFile() || !text.test(file.name)) continue
    const path = join(file.parentPath ?? file.path, file.name)
    const content = await readFile(path)
    if (content.length < worthBytes) continue
    const brotli = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content, brotli))
    await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }))
  }
}
