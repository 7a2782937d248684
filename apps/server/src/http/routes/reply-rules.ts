/** Reply attributes: the rules, checked against the dictionary, each in force when the answer goes out. */
import type { api, ReplyAttributeView, ReplyRuleView } from '@sallyport/contract'
import {
  definitionOf,
  isAttributeName,
  isReplyAttribute,
  readAttributeText,
  replyAttributes,
  type TextProblem,
} from '@sallyport/radius'
import type { ReplyRuleFields, ReplyRuleRecord, Store } from '@sallyport/store'
import type { EngineControl } from '../../bus/notices.ts'
import { changed } from '../change-problems.ts'
import type { Handlers } from '../handlers.ts'
import { putInForce } from '../in-force.ts'
import { invalidInput } from '../problems.ts'

export interface ReplyRuleRouteDependencies {
  readonly store: Pick<Store, 'replyRules' | 'radiusClients'>
  readonly engine: EngineControl
}

const words = { view, gone: 'This rule does not exist any more.' }
const notice = { topic: 'reply-rules' } as const

export function replyRuleHandlers({ store, engine }: ReplyRuleRouteDependencies): Handlers<typeof api.replyRules> {
  /** Checks what a rule says; the answer is whether its value is a secret. */
  const check = async (fields: ReplyRuleFields, value: string | undefined): Promise<boolean> => {
    const { attribute, tag, clientId } = fields
    if (!isAttributeName(attribute) || !isReplyAttribute(attribute)) throw unknownAttribute(attribute)
    const definition = definitionOf(attribute)
    if (tag !== 0 && !definition.tagged) throw invalidInput({ path: 'tag', message: `${attribute} has no tag.` })
    if (value !== undefined) {
      const read = readAttributeText(attribute, value, tag)
      if (!read.ok) throw invalidInput({ path: 'value', message: sentences(definition.values)[read.problem] })
    }
    if (clientId !== null && !(await store.radiusClients.list()).some(({ id }) => id === clientId)) {
      throw invalidInput({ path: 'clientId', message: 'This RADIUS client does not exist any more.' })
    }
    return definition.concealment !== undefined
  }
  return {
    async list() {
      return { rows: (await store.replyRules.list()).map(view) }
    },
    attributes: () => Promise.resolve({ rows: offered }),
    async create({ body, caller }) {
      const secret = await check(body, body.value)
      const rule = changed(await store.replyRules.create({ ...body, secret }, caller.actor), words)
      await putInForce(engine, notice)
      return view(rule)
    },
    async change({ params, body: { value, ...fields }, caller }) {
      const before = (await store.replyRules.list()).find(({ id }) => id === params.id)
      const needsValue = before !== undefined && (before.attribute !== fields.attribute || before.tag !== fields.tag)
      if (value === undefined && needsValue) throw invalidInput({ path: 'value', message: 'Enter the value again.' })
      const secret = await check(fields, value)
      const input = { ...fields, secret, ...(value === undefined ? {} : { value }) }
      const rule = changed(await store.replyRules.change(params.id, input, caller.actor), words)
      await putInForce(engine, notice)
      return view(rule)
    },
    async move({ params, body: { direction, version }, caller }) {
      const rule = changed(await store.replyRules.move(params.id, direction, version, caller.actor), words)
      await putInForce(engine, notice)
      return view(rule)
    },
    async remove({ params, query, caller }) {
      changed(await store.replyRules.remove(params.id, query.version, caller.actor), words)
      await putInForce(engine, notice)
      return undefined
    },
  }
}

const offered: ReplyAttributeView[] = replyAttributes.flatMap(({ source, names }) =>
  names.map((name) => {
    const { dataType, tagged, concealment, values } = definitionOf(name)
    return { name, source, dataType, tagged, hidden: concealment !== undefined, values: Object.keys(values ?? {}) }
  }),
)

function sentences(values: Readonly<Record<string, number>> = {}): Record<TextProblem, string> {
  const [first = '', second = first] = Object.keys(values)
  const text = 'This is not a value of that attribute.'
  return {
    empty: 'Enter a value.',
    'too-long': 'This is longer than the attribute can carry.',
    hexadecimal: 'After 0x come pairs of hexadecimal digits, such as 0x0a1b.',
    'named-value': `Enter one of its names, such as ${first} or ${second}, or a number.`,
    integer: 'Enter a whole number from 0 to 4294967295.',
    ipv4addr: 'Enter an IPv4 address, such as 192.0.2.1.',
    ipv6addr: 'Enter an IPv6 address, such as 2001:db8::1.',
    ipv4prefix: 'Enter an IPv4 prefix, such as 192.0.2.0/24.',
    ipv6prefix: 'Enter an IPv6 prefix, such as 2001:db8::/48.',
    ...{ enum: text, text, string: text, time: text, concat: text, ifid: text, integer64: text, tlv: text, vsa: text },
    evs: text,
  }
}

function unknownAttribute(name: string) {
  return invalidInput({ path: 'attribute', message: `${name} is no attribute that can be put into an answer.` })
}

function view(record: ReplyRuleRecord): ReplyRuleView {
  return { ...record, createdAt: record.createdAt.toISOString() }
}
