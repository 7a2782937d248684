/** Many users changed or removed in one go, with true progress, and taken back. */
import { z } from 'zod'
import { byId, id, timestamp } from './common.ts'
import { endpoint } from './endpoint.ts'
import { blockInput, userFactorFields } from './people.ts'
import { everyRole, helpDesk } from './roles.ts'
import { userListQuery } from './users.ts'

const { search, enabled, method, standing, source } = userListQuery.shape
const { factorMethods, callMode, textMode, textWithPin, appMode, language } = userFactorFields

/** Whom it is for: these, or whoever a filter of the list finds, if they are still as many as its `total` said. */
const userSelection = z.union([
  z.strictObject({ ids: z.array(id).min(1, 'Choose at least one user.').max(10_000, 'At most 10,000 at once.') }),
  z.strictObject({ filter: z.strictObject({ search, enabled, method, standing, source }), count: z.int().min(1) }),
])

/** What is absent stays as each of them has it. */
const userEdit = z
  .strictObject({
    enabled: z.boolean(),
    ...{ factorMethods, callMode, textMode, textWithPin, appMode, language },
    block: blockInput,
    unblock: z.literal(true),
  })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'Choose what to change.')
  .refine(({ block, unblock }) => block === undefined || unblock === undefined, 'Block or unblock, not both.')

const userBatchAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('change'), changes: userEdit }),
  z.strictObject({ kind: z.literal('remove') }),
])
export const beginUserBatchInput = z.strictObject({ selection: userSelection, act: userBatchAct })
export type BeginUserBatchInput = z.input<typeof beginUserBatchInput>

export const userBatchView = z.object({
  id,
  at: timestamp,
  administrator: z.string(),
  kind: z.enum(['change', 'remove', 'undo']),
  /** `stopped`: with the server, or by a failure; what was done by then stays done, and can be taken back. */
  state: z.enum(['running', 'done', 'stopped']),
  total: z.int(),
  /** Of the total, how many were looked at; and of those, how many changed: others were so already, or gone. */
  done: z.int(),
  changed: z.int(),
  /** Until when whoever began it can take it back; null: not. */
  undoUntil: timestamp.nullable(),
  /** Of an undo: who could not be brought back; at most 100. */
  notBroughtBack: z.array(z.object({ username: z.string(), problem: z.enum(['changed-since', 'name-taken', 'gone']) })),
})
export type UserBatchView = z.infer<typeof userBatchView>

const tag = 'Users'

export const userBatches = {
  begin: endpoint({
    method: 'POST',
    path: '/api/user-batches',
    summary: 'Begins to change or remove many users, one audit entry for each; the answer says how to watch it.',
    tag,
    access: helpDesk,
    body: beginUserBatchInput,
    response: userBatchView,
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/user-batches/:id',
    summary: 'How far it is.',
    tag,
    access: everyRole,
    params: byId,
    response: userBatchView,
  }),
  undo: endpoint({
    method: 'POST',
    path: '/api/user-batches/:id/undo',
    summary: 'Begins to take it back, by whoever began it; users who were changed since stay as they are.',
    tag,
    access: helpDesk,
    params: byId,
    response: userBatchView,
  }),
}
