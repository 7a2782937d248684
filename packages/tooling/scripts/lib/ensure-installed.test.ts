import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isNewEnough, isStale } from './ensure-installed.mjs'

describe('the version of Node', () => {
  test.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('%s is new enough', (version) => {
    expect(isNewEnough(version, '>=20.19')).toBe(true)
  })

  test.each(['20.18.3', '18.20.0', '9.11.2'])('%s is too old', (version) => {
    expect(isNewEnough(version, '>=20.19')).toBe(false)
  })
})

describe('the dependencies', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-install-'))
    await writeFile(join(folder, 'pnpm-lock.yaml'), '')
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function install(at: Date) {
    const mark = join(folder, 'node_modules/.modules.yaml')
    await mkdir(join(folder, 'node_modules'))
    await writeFile(mark, '')
    await utimes(mark, at, at)
  }

  test('are installed where there are none', () => {
    expect(isStale(folder)).toBe(true)
  })

  test('are installed again when the lockfile is newer', async () => {
    await install(new Date('2020-01-01'))
    expect(isStale(folder)).toBe(true)
  })

  test('are left alone when they are newer than the lockfile', async () => {
    await install(new Date(Date.now() + 60_000))
    expect(isStale(folder)).toBe(false)
  })
})
