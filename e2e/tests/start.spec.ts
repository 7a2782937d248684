/** What stands in the way of a start is named, with the fix, and nothing is half-applied. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'

import { startProduct, startRefused } from '../support/product.ts'

/** EX_CONFIG: starting again would not help. */
const unusable = 78
let dataDir: string

test.beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sallyport-start-'))
})

test.afterEach(() => rm(dataDir, { recursive: true, force: true }))

test('every bad variable of the environment is named at once, misspelt ones too', async () => {
  const { exitCode, said } = await startRefused({
    dataDir,
    environment: {
      SALLYPORT_CONSOLE_PORT: '99999',
      SALLYPORT_CONSOLE_ADDRESS: '0.0.0.0',
      SALLYPORT_RADIUS_ADDRESSES: 'everywhere',
      SALLYPORT_CONSOL_PORT: '8080',
    },
  })
  expect(exitCode).toBe(unusable)
  for (const name of ['CONSOLE_PORT', 'RADIUS_ADDRESSES', 'CONSOL_PORT']) expect(said).toContain(`SALLYPORT_${name}`)
})

test('the console does not leave loopback without TLS', async () => {
  const environment = { SALLYPORT_CONSOLE_ADDRESS: '0.0.0.0' }
  const { exitCode, said } = await startRefused({ dataDir, environment })
  expect(exitCode).toBe(unusable)
  expect(said).toContain('SALLYPORT_CONSOLE_TLS_CERTIFICATE')
})

test('a console port that is in use is named', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const address = holder.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  const { exitCode, said } = await startRefused({ dataDir, environment: { SALLYPORT_CONSOLE_PORT: port } })
  await new Promise((resolve) => holder.close(resolve))
  expect(exitCode).toBe(unusable)
  expect(said).toContain(port)
  expect(said).toContain('SALLYPORT_CONSOLE_PORT')
})

test.describe('with a database from before', () => {
  test.beforeEach(async () => {
    const product = await startProduct({ dataDir })
    await product.stop()
  })

  test('the server starts on what it left', async () => {
    const product = await startProduct({ dataDir })
    expect(product.setUpCode).not.toBe('')
    await product.stop()
  })

  test('a database of a newer version is refused and left as it is', async () => {
    const database = new Database(join(dataDir, 'sallyport.db'))
    database
      .prepare(
        "INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES ('x', 'y', 0, '29990101000000_from_the_future', 0, 1)",
      )
      .run()
    database.close()
    const { exitCode, said } = await startRefused({ dataDir })
    expect(exitCode).toBe(unusable)
    expect(said).toContain('29990101000000_from_the_future')
  })

  test('a lost key file is not replaced by a new one', async () => {
    await rm(join(dataDir, 'sallyport.key'))
    const { exitCode, said } = await startRefused({ dataDir })
    expect(exitCode).toBe(unusable)
    expect(said).toContain('sallyport.key')
  })

  test('a file that is no database is named', async () => {
    await writeFile(join(dataDir, 'sallyport.db'), 'this was never a database'.repeat(100))
    const { exitCode, said } = await startRefused({ dataDir })
    expect(exitCode).toBe(unusable)
    expect(said).toContain('sallyport.db')
  })
})
