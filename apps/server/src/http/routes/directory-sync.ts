/** Directory Integration: whom the directory has, what of them is taken, when, and what came of it. */
import type { api, SyncRun, SyncSettings } from '@sallyport/contract'
import { isDn, isFilter } from '@sallyport/directory'
import type { Store } from '@sallyport/store'
import type { DirectorySyncControl, SyncRunNow } from '../../bus/directory-sync-control.ts'
import { changed } from '../change-problems.ts'
import { refuseUnconfigured, told } from '../directory-answers.ts'
import { exportFile } from '../export/export-file.ts'
import { csvOfSyncRun } from '../export/directory-sync-csv.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem, invalidInput } from '../problems.ts'

export interface DirectorySyncRouteDependencies {
  readonly store: Pick<Store, 'directorySync' | 'settings'>
  readonly directorySync: DirectorySyncControl
  readonly clock: () => Date
}

const filters = ['userFilter', 'groupFilter', 'containerFilter'] as const
const busy = 'Another synchronization is under way, or waits for a yes: finish that one first.'

export function directorySyncHandlers({
  store,
  directorySync,
  clock,
}: DirectorySyncRouteDependencies): Handlers<typeof api.directorySync> {
  const runs = store.directorySync
  const find = async (id: string) => {
    const run = await runs.byId(id)
    if (run === null) throw new ApiProblem('not-found', { detail: 'This run is not there any more.' })
    return directorySync.now(run)
  }
  const view = (settings: SyncSettings) => settings

  return {
    readSettings: () => runs.settings(),
    async changeSettings({ body, caller }) {
      refuseFaults(body)
      return changed(await runs.changeSettings(body, caller.actor), { view, gone: 'There are no settings.' })
    },
    async browse({ query }) {
      await refuseUnconfigured(store)
      const page = await told(directorySync.browse(query.dn, query.cursor))
      if (page === undefined) throw new ApiProblem('not-found', { detail: 'This took too long: open it again.' })
      return page
    },
    async preview({ body }) {
      await refuseUnconfigured(store)
      if (!isFilter(body.userFilter)) throw invalidInput({ path: 'userFilter', message: noFilter })
      return told(directorySync.preview(body))
    },
    async runs({ query }) {
      const page = await runs.list(query)
      return { ...page, rows: page.rows.map((run) => runView(directorySync.now(run))) }
    },
    run: async ({ params }) => runView(await find(params.id)),
    async rows({ params, query }) {
      await find(params.id)
      const page = await runs.rows(params.id, query)
      return { ...page, rows: [...page.rows] }
    },
    async export({ params }) {
      await find(params.id)
      return exportFile('directory-synchronization', clock(), 'csv', csvOfSyncRun(runs.stream(params.id)))
    },
    async start({ body, caller }) {
      await refuseUnconfigured(store)
      if ((await runs.settings()).items.length === 0) {
        throw new ApiProblem('invalid-input', {
          detail: 'Add a container or a group first: nobody is synchronized yet.',
        })
      }
      const run = await directorySync.start(body, caller.actor)
      if (run === null) throw new ApiProblem('in-use', { detail: busy })
      return runView(run)
    },
    async approve({ params, body, caller }) {
      if (!(await directorySync.approve(params.id, body.adopt, caller.actor))) {
        throw new ApiProblem('not-found', { detail: 'This run does not wait any more.' })
      }
      return runView(await find(params.id))
    },
    async cancel({ params, caller }) {
      if (!(await directorySync.cancel(params.id, caller.actor))) {
        throw new ApiProblem('not-found', { detail: 'This run is over already.' })
      }
      return runView(await find(params.id))
    },
  }
}

const noFilter = 'This is no LDAP filter: check its parentheses. An example: (objectClass=person).'

/** @throws ApiProblem `invalid-input` with the fields at fault */
function refuseFaults(settings: SyncSettings): void {
  const faults = [
    ...filters.filter((name) => !isFilter(settings[name])).map((path) => ({ path, message: noFilter })),
    ...settings.items.flatMap(({ dn }, at) =>
      isDn(dn)
        ? []
        : [{ path: `items.${String(at)}.dn`, message: 'This is no DN: write it like ou=people,dc=example,dc=com.' }],
    ),
  ]
  if (faults.length > 0) throw invalidInput(...faults)
}

function runView({ startedAt, finishedAt, ...run }: SyncRunNow): SyncRun {
  return { ...run, startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }
}
