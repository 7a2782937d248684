/** The console's own administrators, and the trail of what they changed. */
import { Readable } from 'node:stream'
import type { AdministratorView, api } from '@sallyport/contract'
import type { AdministratorRecord, Change, Store } from '@sallyport/store'
import { changed } from '../change-problems.ts'
import { exportFilename } from '../export/filename.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'
import type { Passwords } from '../session/passwords.ts'

export interface AdministratorsDependencies {
  readonly store: Pick<Store, 'administrators' | 'audit'>
  readonly passwords: Passwords
  readonly clock: () => Date
}

export function administratorHandlers({
  store,
  passwords,
  clock,
}: AdministratorsDependencies): Handlers<typeof api.administrators> {
  const view = (record: AdministratorRecord) => viewOf(record, clock())
  return {
    async list() {
      const rows = await store.administrators.list()
      return { rows: rows.map(view) }
    },
    async create({ body: { username, role, password }, caller }) {
      const passwordHash = await passwords.hash(password)
      return view(settled(await store.administrators.create({ username, passwordHash, role }, caller.actor), view))
    },
    async change({ params, body: { role, enabled, password, version }, caller }) {
      const input = {
        role,
        enabled,
        version,
        ...(password === undefined ? {} : { passwordHash: await passwords.hash(password) }),
      }
      return view(settled(await store.administrators.change(params.id, input, caller.actor), view))
    },
    async remove({ params, query, caller }) {
      settled(await store.administrators.remove(params.id, query.version, caller.actor), view)
      return undefined
    },
    async audit({ query }) {
      const page = await store.audit.list(query)
      return { ...page, rows: [...page.rows] }
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- handlers are asynchronous; the waiting is the stream's
    async exportAudit() {
      return {
        filename: exportFilename('changes', clock(), 'jsonl'),
        content: Readable.from(store.audit.exported(), { objectMode: true, highWaterMark: 1 }),
      }
    },
  }
}

type Outcome = Change<AdministratorRecord> | { readonly ok: false; readonly problem: 'last-administrator' }

function settled(outcome: Outcome, view: (record: AdministratorRecord) => AdministratorView): AdministratorRecord {
  if (!outcome.ok && outcome.problem === 'last-administrator') {
    throw new ApiProblem('in-use', {
      detail: 'This is the last enabled administrator: without them nobody could change anything any more.',
    })
  }
  return changed(outcome, {
    view,
    gone: 'This administrator does not exist any more.',
    taken: { username: 'An administrator with this user name exists already.' },
  })
}

function viewOf(record: AdministratorRecord, now: Date): AdministratorView {
  const { id, username, role, enabled, lastSignInAt, lockedUntil, createdAt, version } = record
  return {
    id,
    username,
    role,
    enabled,
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil.toISOString() : null,
    createdAt: createdAt.toISOString(),
    version,
  }
}
