/** The console's own administrators, and the trail of what they changed. */
import { Readable } from 'node:stream'
import type { AdministratorView, api } from '@sallyport/contract'
import type { AdministratorFactors, AdministratorRecord, Change, Store } from '@sallyport/store'
import { changed } from '../change-problems.ts'
import { exportFilename } from '../export/filename.ts'
import type { Handlers } from '../handlers.ts'
import { ApiProblem } from '../problems.ts'
import type { Passwords } from '../session/passwords.ts'
import { sessionRow } from '../session/session-row.ts'

export interface AdministratorsDependencies {
  readonly store: Pick<Store, 'administrators' | 'administratorFactors' | 'administratorPolicy' | 'sessions' | 'audit'>
  readonly passwords: Passwords
  readonly clock: () => Date
}

export function administratorHandlers({
  store,
  passwords,
  clock,
}: AdministratorsDependencies): Handlers<typeof api.administrators> {
  const { administratorFactors: factors } = store
  const view = async (record: AdministratorRecord) => viewOf(record, await factors.ofAdministrator(record.id), clock())
  return {
    async list() {
      const [rows, all] = await Promise.all([store.administrators.list(), factors.all()])
      return { rows: rows.map((row) => viewOf(row, all.get(row.id), clock())) }
    },
    async create({ body: { username, role, password }, caller }) {
      const passwordHash = await passwords.hash(password)
      return view(
        await settled(await store.administrators.create({ username, passwordHash, role }, caller.actor), view),
      )
    },
    async change({ params, body: { role, enabled, password, version }, caller }) {
      const input = {
        role,
        enabled,
        version,
        ...(password === undefined ? {} : { passwordHash: await passwords.hash(password) }),
      }
      return view(await settled(await store.administrators.change(params.id, input, caller.actor), view))
    },
    async remove({ params, query, caller }) {
      await settled(await store.administrators.remove(params.id, query.version, caller.actor), view)
      return undefined
    },
    async resetFactors({ params, caller }) {
      if (!(await factors.reset(params.id, caller.actor))) throw new ApiProblem('not-found', { detail: gone })
      return undefined
    },
    async sessions({ params, caller }) {
      const rows = await store.sessions.ofAdministrator(params.id)
      return { rows: rows.map((row) => sessionRow(row, caller.session)) }
    },
    async endSession({ params, caller }) {
      if (!(await store.sessions.revoke(params.id, caller.actor))) {
        throw new ApiProblem('not-found', { detail: 'This session has ended already.' })
      }
      return undefined
    },
    readPolicy: () => store.administratorPolicy.settings(),
    async changePolicy({ body, caller }) {
      const change = await store.administratorPolicy.change(body, caller.actor)
      return changed(change, { view: (current) => current, gone: 'These settings exist always.' })
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

const gone = 'This administrator does not exist any more.'

async function settled(
  outcome: Outcome,
  view: (record: AdministratorRecord) => Promise<AdministratorView>,
): Promise<AdministratorRecord> {
  if (!outcome.ok && outcome.problem === 'last-administrator') {
    throw new ApiProblem('in-use', {
      detail: 'This is the last enabled administrator: without them nobody could change anything any more.',
    })
  }
  const current = !outcome.ok && outcome.problem === 'changed-meanwhile' ? await view(outcome.current) : undefined
  return changed(outcome, {
    view: () => current,
    gone,
    taken: { username: 'An administrator with this user name exists already.' },
  })
}

function viewOf(record: AdministratorRecord, factors: AdministratorFactors | undefined, now: Date): AdministratorView {
  const { id, username, role, enabled, identity, lastSignInAt, lockedUntil, createdAt, version } = record
  return {
    id,
    username,
    role,
    enabled,
    factors: {
      totp: (factors?.totp ?? null) !== null,
      passkeys: factors?.passkeys ?? 0,
      recoveryCodesLeft: factors?.recoveryCodes?.left ?? 0,
    },
    openId: identity !== null,
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil.toISOString() : null,
    createdAt: createdAt.toISOString(),
    version,
  }
}
