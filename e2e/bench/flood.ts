/** Sign-ins at a steady rate while datagrams that deserve no answer pour in. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { compile, type Load, type Loader, type LoadResult } from './radload.ts'

const run = promisify(execFile)

export const flood = { packetsPerSecond: 50_000, signInsPerSecond: 500, seconds: 10 } as const

export interface FloodRun {
  readonly load: Loader
  readonly target: Pick<Load, 'port' | 'secret' | 'code'>
  /** The first of the users: as many are used as sign-ins begin, twice. */
  readonly firstUser: number
}

export interface FloodResult {
  readonly calm: LoadResult
  readonly flooded: LoadResult
  readonly packetsPerSecond: number
}

/** The same sign-ins of other people, first alone and then in the flood. */
export async function measureFlood({ load, target, firstUser }: FloodRun): Promise<FloodResult> {
  const program = await compile('flood.c')
  const people = flood.signInsPerSecond * flood.seconds
  const signIns = (first: number) =>
    load({
      ...target,
      ...{ firstUser: first, users: people, maximumSignIns: people },
      ...{ rate: flood.signInsPerSecond, seconds: flood.seconds, window: 2_000 },
    })
  const calm = await signIns(firstUser)
  const [flooded, { stdout }] = await Promise.all([
    signIns(firstUser + people),
    run(program, [target.port, flood.packetsPerSecond, flood.seconds].map(String)),
  ])
  const { sent, seconds } = JSON.parse(stdout) as { sent: number; seconds: number }
  return { calm, flooded, packetsPerSecond: sent / seconds }
}
