/** What the service and the image are allowed to do, and that what they name is there. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openStore } from '@sallyport/store'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../src/config.ts'
import { ignores, readDockerfile, restsOf } from './read-dockerfile.ts'

const run = promisify(execFile)
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const root = here('../../..')
const unit = here('sallyport.service')
/** 0 is the least exposed, 10 the most; systemd calls up to 2 “OK”. */
const exposureAtMost = 20

describe('the systemd unit', () => {
  test('exposes little: systemd-analyze security stays below the threshold', async () => {
    const { stdout } = await run('systemd-analyze', [
      ...['security', '--offline=true', `--threshold=${exposureAtMost}`, '--no-pager', unit],
    ])
    expect(stdout).toMatch(/Overall exposure level for sallyport\.service: 1\.\d/u)
  })

  test('holds: systemd-analyze verify finds nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-unit-'))
    try {
      const text = await readFile(unit, 'utf8')
      // Only the interpreter's place is another one on this machine.
      await writeFile(join(folder, 'sallyport.service'), text.replace('/usr/bin/node', process.execPath))
      const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', join(folder, 'sallyport.service')])
      const ours = (stdout + stderr).split('\n').filter((line) => line.includes('sallyport'))
      expect(ours).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('has one capability, and no account that outlives it', async () => {
    const text = await readFile(unit, 'utf8')
    expect(text).toMatch(/^CapabilityBoundingSet=CAP_NET_BIND_SERVICE$/mu)
    expect(text).toMatch(/^AmbientCapabilities=CAP_NET_BIND_SERVICE$/mu)
    expect(text).toMatch(/^DynamicUser=yes$/mu)
    expect(text).not.toMatch(/User=root/u)
  })

  test('sets what the server reads', async () => {
    const text = await readFile(unit, 'utf8')
    const set = [...text.matchAll(/^Environment=(SALLYPORT_\w+)=(.*)$/gmu)].map(([, name = '', value = '']) => [
      name,
      value,
    ])
    expect(() => parseConfig(Object.fromEntries(set) as Record<string, string>)).not.toThrow()
  })
})

describe('the Dockerfile', async () => {
  const stages = readDockerfile(await readFile(here('Dockerfile'), 'utf8'))
  const ignored = await readFile(join(root, '.dockerignore'), 'utf8')
  const [build, image] = stages
  if (build === undefined || image === undefined) throw new Error('two stages are expected')
  const manifest = async (path: string) => JSON.parse(await readFile(join(root, path), 'utf8')) as Manifest

  test('copies what there is, and nothing that is left out of the context', () => {
    const sources = restsOf(build, 'COPY').flatMap((rest) => rest.split(/\s+/u).slice(0, -1))
    expect(sources.length).toBeGreaterThan(5)
    for (const source of sources) {
      expect(existsSync(join(root, source)), source).toBe(true)
      expect(ignores(ignored, source), source).toBe(false)
    }
  })

  test('brings no secret, no data and nothing that was built elsewhere into the context', () => {
    const paths = [
      '.git/config',
      '.data/sallyport.key',
      'apps/server/dist/main.js',
      'packages/x/node_modules/y',
      'apps/a.pem',
    ]
    for (const path of paths) expect(ignores(ignored, path), path).toBe(true)
    expect(ignores(ignored, 'apps/server/src/main.ts')).toBe(false)
  })

  test('has the manifest of every package of the workspace, and installs by the pinned pnpm', async () => {
    const copied = restsOf(build, 'COPY').flatMap((rest) => rest.split(/\s+/u).slice(0, -1))
    for (const folder of ['apps', 'packages']) {
      for (const name of await readdir(join(root, folder))) {
        expect(
          copied.some((source) => join(folder, name).startsWith(source)),
          name,
        ).toBe(true)
      }
    }
    expect(copied).toContain('e2e/package.json')
    const { packageManager } = await manifest('package.json')
    const used = restsOf(build, 'RUN').flatMap((command) => command.match(/pnpm@[\d.]+/gu) ?? [])
    expect(new Set(used)).toEqual(new Set([packageManager]))
  })

  test('builds packages that have a build, console and portal before the server that takes them in', async () => {
    const built = restsOf(build, 'RUN')
      .filter((command) => command.endsWith('run build'))
      .flatMap((command) => [...command.matchAll(/--filter @sallyport\/(\S+)/gu)].map(([, name = '']) => name))
    expect(built).toEqual(['console', 'portal', 'server'])
    for (const name of built) expect((await manifest(`apps/${name}/package.json`)).scripts?.['build']).toBeDefined()
  })

  test('runs what the build leaves, not as root, with its data on a volume', async () => {
    const [user = ''] = restsOf(image, 'USER')
    expect(user).toMatch(/^[1-9]\d+:[1-9]\d+$/u)
    const { instructions } = image
    const named = instructions.findIndex(({ name }) => name === 'USER')
    expect(instructions.slice(named).some(({ name }) => name === 'RUN')).toBe(false)
    const environment = restsOf(image, 'ENV').map((rest) => rest.split('='))
    const config = parseConfig(
      Object.fromEntries(environment.filter(([name]) => name?.startsWith('SALLYPORT_'))) as Record<string, string>,
    )
    expect(restsOf(image, 'VOLUME')).toEqual([config.dataDir])
    const { bin } = await manifest('apps/server/package.json')
    expect(JSON.parse(restsOf(image, 'ENTRYPOINT')[0] ?? '')).toEqual(['node', bin?.['sallyport']])
    expect(restsOf(image, 'HEALTHCHECK')[0]).toContain(`"${bin?.['sallyport'] ?? ''}", "status"`)
  })

  test('exposes the ports that the server has unless told otherwise, and no other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-ports-'))
    const store = await openStore({ dataDir: folder })
    try {
      const { authenticationPorts, accountingPorts } = await store.settings.radius()
      const config = parseConfig({})
      const udp = [...authenticationPorts, ...accountingPorts].map((port) => `${port}/udp`)
      const tcp = [(await store.settings.radsec()).port, config.console.port, config.portal.port].map(
        (port) => `${port}/tcp`,
      )
      expect(restsOf(image, 'EXPOSE')[0]?.split(' ').sort()).toEqual([...udp, ...tcp].sort())
    } finally {
      await store.close()
      await rm(folder, { recursive: true })
    }
  })
})

interface Manifest {
  readonly packageManager?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly bin?: Readonly<Record<string, string>>
}
