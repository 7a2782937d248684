import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveAppFiles } from './app-files.ts'

const script = `export const words = '${'a sentence that compresses well; '.repeat(100)}'`
let folder: string
let app: FastifyInstance
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-files-'))
  await mkdir(join(folder, 'assets'))
  for (const [name, content] of [
    ['index.html', '<!doctype html><title>Sallyport</title>'],
    ['assets/index-4f2a.js', script],
  ] as const) {
    await writeFile(join(folder, name), content)
    await writeFile(join(folder, `${name}.br`), brotliCompressSync(content))
    await writeFile(join(folder, `${name}.gz`), gzipSync(content))
  }
  await writeFile(join(folder, 'assets', 'small-11aa.js'), 'export {}')
  app = Fastify()
  await serveAppFiles(app, folder)
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const get = (url: string, encodings?: string) =>
  app.inject({ url, headers: encodings === undefined ? {} : { 'accept-encoding': encodings } })

describe('what the build compressed', () => {
  test('goes to a browser as Brotli, under the type and the lifetime of the file itself', async () => {
    const { headers, rawPayload } = await get('/assets/index-4f2a.js', 'gzip, deflate, br, zstd')
    expect(headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
    expect(headers['content-type']).toMatch(/javascript/)
    expect(brotliDecompressSync(rawPayload).toString()).toBe(script)
    expect(rawPayload.length).toBeLessThan(script.length / 5)
  })

  test('goes as gzip to those who take no Brotli, and as it is to those who take nothing', async () => {
    const zipped = await get('/assets/index-4f2a.js', 'gzip')
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(script)
    const plain = await get('/assets/index-4f2a.js')
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body).toBe(script)
  })

  test.each(['/', '/users'])('%s is the compressed page, fresh every time', async (url) => {
    const { headers, rawPayload } = await get(url, 'gzip, deflate, br, zstd')
    expect(headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'no-cache' })
    expect(headers['content-type']).toMatch(/html/)
    expect(brotliDecompressSync(rawPayload).toString()).toContain('<title>Sallyport</title>')
  })

  test('leaves out what is too small to gain: it goes out as it is', async () => {
    const { headers, body } = await get('/assets/small-11aa.js', 'gzip, deflate, br, zstd')
    expect(headers['content-encoding']).toBeUndefined()
    expect(body).toBe('export {}')
  })
})
