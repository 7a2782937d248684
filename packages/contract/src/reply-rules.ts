/** RADIUS Authentication › Reply attributes: what an Access-Accept carries, by client and by directory group. */
import { z } from 'zod'
import { byId, id, line, timestamp, version, versionQuery } from './common.ts'
import { endpoint } from './endpoint.ts'
import { administratorsOnly, everyRole } from './roles.ts'

/** `replace` takes away first what the target, or a rule before it, has put there under the same name. */
export const replyOperation = z.enum(['add', 'replace'])
export type ReplyOperation = z.infer<typeof replyOperation>

const ruleFields = {
  /** Null: every client. */
  clientId: id.nullable(),
  /** A DN, or the name that a group's DN begins with; empty: every user. */
  groupName: line(512),
  operation: replyOperation,
  /** A name of the dictionary. */
  attribute: line(64).min(1, 'Choose an attribute.'),
  /** 1 to 31 groups the attributes of one tunnel (RFC 2868 §3); 0: none. */
  tag: z.int().min(0, '0 to 31.').max(31, '0 to 31.').default(0),
  enabled: z.boolean(),
}
const value = line(253)

export const createReplyRuleInput = z.strictObject({ ...ruleFields, value: value.min(1, 'Enter a value.') })
/** `value` absent keeps the present one. */
export const changeReplyRuleInput = z.strictObject({ ...ruleFields, value: value.optional(), version })
export type ChangeReplyRuleInput = z.infer<typeof changeReplyRuleInput>
export type CreateReplyRuleInput = z.infer<typeof createReplyRuleInput>

export const replyRuleView = z.object({
  ...ruleFields,
  attribute: z.string(),
  groupName: z.string(),
  tag: z.int(),
  id,
  /** Null where it is a secret: those are never shown. */
  value: z.string().nullable(),
  createdAt: timestamp,
  version,
})
export type ReplyRuleView = z.infer<typeof replyRuleView>

/** An attribute that a rule can put into an Access-Accept. */
export const replyAttributeView = z.object({
  name: z.string(),
  /** The RFC or the vendor that it is from. */
  source: z.string(),
  dataType: z.string(),
  tagged: z.boolean(),
  /** Its value is a secret. */
  hidden: z.boolean(),
  /** The names that its values have. */
  values: z.array(z.string()),
})
export type ReplyAttributeView = z.infer<typeof replyAttributeView>

const tag = 'RADIUS Authentication'
const moveInput = z.strictObject({ direction: z.enum(['up', 'down']), version })

export const replyRules = {
  list: endpoint({
    method: 'GET',
    path: '/api/radius/reply-rules',
    summary: 'The rules for what an Access-Accept carries, in the order in which they apply.',
    tag,
    access: everyRole,
    response: z.object({ rows: z.array(replyRuleView) }),
  }),
  attributes: endpoint({
    method: 'GET',
    path: '/api/radius/reply-attributes',
    summary: 'The attributes that a rule can name.',
    tag,
    access: everyRole,
    response: z.object({ rows: z.array(replyAttributeView) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/radius/reply-rules',
    summary: 'Adds a rule at the end of the order, at once.',
    tag,
    access: administratorsOnly,
    body: createReplyRuleInput,
    response: replyRuleView,
  }),
  change: endpoint({
    method: 'PUT',
    path: '/api/radius/reply-rules/:id',
    summary: 'Changes a rule, at once.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: changeReplyRuleInput,
    response: replyRuleView,
  }),
  move: endpoint({
    method: 'PUT',
    path: '/api/radius/reply-rules/:id/position',
    summary: 'Moves a rule one place up or down.',
    tag,
    access: administratorsOnly,
    params: byId,
    body: moveInput,
    response: replyRuleView,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/radius/reply-rules/:id',
    summary: 'Removes a rule, at once.',
    tag,
    access: administratorsOnly,
    params: byId,
    query: versionQuery,
  }),
}
