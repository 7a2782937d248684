/** Makes an installation what a file says: by the console's own handlers, so that what they refuse is refused here, in one transaction. */
import { randomBytes } from 'node:crypto'
import type { Actor, Store, StoreRooms } from '@sallyport/store'
import { createConfigurationHandlers, type ConfigurationHandlers } from '../http/configuration-handlers.ts'
import { ApiProblem, invalidInput } from '../http/problems.ts'
import { differencesBetween, withSecretsOf, type Difference } from './compare.ts'
import { createCall, type Call } from './call.ts'
import type { WantedConfiguration } from './file.ts'
import { listWrites, settingWrites } from './writes.ts'
import { isSame, valueAt, type Plain } from './plain.ts'
import { clientName, type ListName, type ListPart, listParts } from './list-parts.ts'
import { type SettingName, settingParts } from './setting-parts.ts'
import { listNames, readPresent, type NamedEntry, type Secrets } from './present.ts'

export interface ApplyOptions {
  readonly wanted: WantedConfiguration
  /** Those that were sealed in the file. */
  readonly sealed: Secrets
  readonly actor: Actor
  readonly clock: () => Date
  /** False: everything is tried, and nothing is kept. */
  readonly keep: boolean
}

export interface Applied {
  readonly differences: readonly Difference[]
  /** Each with its place in the file and what to do; where there is any, nothing was changed. */
  readonly problems: readonly { readonly path: string; readonly message: string }[]
}

type Problem = Applied['problems'][number]
type Named = Pick<NamedEntry, 'name' | 'value'>

/** Ends the transaction without a change. */
class NotKept extends Error {
  readonly applied: Applied
  constructor(applied: Applied) {
    super('not kept')
    this.applied = applied
  }
}

export async function applyConfiguration(store: Store, options: ApplyOptions): Promise<Applied> {
  try {
    return await store.inTransaction(async (rooms) => {
      const applied = await applyIn(rooms, options)
      if (!options.keep || applied.problems.length > 0) throw new NotKept(applied)
      return applied
    })
  } catch (error) {
    if (error instanceof NotKept) return error.applied
    throw error
  }
}

async function applyIn(store: StoreRooms, options: ApplyOptions): Promise<Applied> {
  const { wanted, sealed, actor, clock } = options
  const before = await readPresent(store)
  const differences = differencesBetween(before, wanted, sealed)
  const problems: Problem[] = []
  const work = {
    store,
    sealed,
    handlers: createConfigurationHandlers(store, { clock, random: randomBytes }),
    call: createCall(actor),
    attempt: async (path: string, act: () => Promise<unknown>) => {
      try {
        await act()
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        problems.push(...problemsOf(path, error))
      }
    },
  }
  // The target is left before what it needs goes, and chosen once that is there.
  const target = wanted.settings.get('target')
  const isFree = target === undefined || ['none', 'built-in'].includes(String(target['kind']))
  const last: readonly SettingName[] = isFree ? [] : ['target']
  for (const [name, value] of wanted.settings) if (!last.includes(name)) await applySetting(work, name, value)
  for (const name of listNames) {
    const entries = wanted.lists.get(name)
    if (entries !== undefined) await applyList(work, name, entries)
  }
  for (const name of last) if (target !== undefined) await applySetting(work, name, target)
  return { differences, problems }
}

interface Work {
  readonly store: StoreRooms
  readonly sealed: Secrets
  readonly handlers: ConfigurationHandlers
  readonly call: Call
  readonly attempt: (path: string, act: () => Promise<unknown>) => Promise<void>
}

async function applySetting({ store, sealed, handlers, call, attempt }: Work, name: SettingName, value: Plain) {
  const present = (await readPresent(store)).settings.get(name)
  if (present === undefined) return
  const complete = withSecretsOf(value, settingParts[name].secrets, { place: name, sealed, present: present.value })
  if (isSame(complete, present.value)) return
  const given = withSecretsOf(value, settingParts[name].secrets, { place: name, sealed, present: {} })
  // Present secrets are not passed as if somebody had typed them: the handler knows where they may go.
  await attempt(name, () => settingWrites[name](handlers, call, { ...given, version: present.version }))
}

async function applyList(work: Work, name: ListName, wanted: readonly (Named & { readonly index: number })[]) {
  const { store, sealed, handlers, call, attempt } = work
  const part: ListPart = listParts[name]
  const writes = listWrites[name]
  const present = (await readPresent(store)).lists.get(name) ?? []
  const idOf = await clientIds(store)
  for (const entry of wanted) {
    const path = `${name}[${entry.index}]`
    const before = present.find((each) => each.name === entry.name)
    const place = `${name}/${entry.name}`
    const complete = withSecretsOf(entry.value, part.secrets, { place, sealed, present: before?.value ?? {} })
    if (before !== undefined && isSame(complete, before.value)) continue
    await attempt(path, async () => {
      const given = withSecretsOf(entry.value, part.secrets, { place, sealed, present: {} })
      const body = part.ofClient ? withClientId(given, idOf) : given
      if (before !== undefined) {
        await writes.change(handlers, call, before.id, { ...body, version: before.version })
        return
      }
      refuseMissing(part, given)
      await writes.create(handlers, call, body)
    })
  }
  for (const entry of present) {
    if (wanted.some((each) => each.name === entry.name)) continue
    await attempt(name, () => writes.remove(handlers, call, entry.id, entry.version))
  }
  if (part.orderedBy !== null) await order(work, name, part, wanted)
}

/** Moves what stands too late up, one place at a time, as somebody in the console would. */
async function order(work: Work, name: ListName, part: ListPart, wanted: readonly Named[]): Promise<void> {
  const { store, handlers, call, attempt } = work
  const { move } = listWrites[name]
  const { orderedBy } = part
  if (move === undefined || orderedBy === null) return
  for (const group of new Set(wanted.map(({ value }) => orderedBy(value)))) {
    const ofGroup = <E extends Named>(entries: readonly E[]) =>
      entries.filter(({ value }) => orderedBy(value) === group)
    for (const [place, { name: sought }] of ofGroup(wanted).entries()) {
      // A place nearer with each move: it ends.
      for (let at = Infinity; ;) {
        const present = ofGroup((await readPresent(store)).lists.get(name) ?? [])
        const now = present.findIndex((entry) => entry.name === sought)
        const entry = present[now]
        if (entry === undefined || now <= place || now >= at) break
        at = now
        await attempt(name, () => move(handlers, call, entry.id, entry.version))
      }
    }
  }
}

async function clientIds({ radiusClients }: StoreRooms): Promise<ReadonlyMap<string, string>> {
  return new Map((await radiusClients.list()).map((client) => [clientName({ ...client }), client.id]))
}

function withClientId({ client, ...fields }: Plain, ids: ReadonlyMap<string, string>): Plain {
  if (typeof client !== 'string') return { ...fields, clientId: null }
  const clientId = ids.get(client)
  if (clientId !== undefined) return { ...fields, clientId }
  throw invalidInput({ path: 'client', message: `There is no client “${client}”.` })
}

/** @throws ApiProblem with each secret that a new entry cannot do without */
function refuseMissing(part: ListPart, entry: Plain): void {
  const missing = part.secrets.filter((path) => part.needs(entry, path) && valueAt(entry, path) === undefined)
  if (missing.length > 0) throw invalidInput(...missing.map((path) => ({ path, message: missingSecret })))
}

const missingSecret =
  'It is new here, and its secret is not in the file: write it there, or export with --with-secrets.'

function problemsOf(path: string, { more, message }: ApiProblem): readonly Problem[] {
  const { errors = [] } = more
  if (errors.length === 0) return [{ path, message }]
  return errors.map((error) => ({ path: `${path}.${error.path}`, message: error.message }))
}
