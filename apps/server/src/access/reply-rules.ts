/** The rules for what an Access-Accept carries: read once, then applied to what the target gave. */
import { randomFillSync } from 'node:crypto'

import {
  createSalts,
  describeAttributes,
  isAttributeName,
  readAttributeText,
  withoutAttribute,
  type Attribute,
  type AttributeName,
  type ReadText,
} from '@sallyport/radius'
import type { EngineReplyRule } from '@sallyport/store/engine'

import type { AccessRequest } from './access-request.ts'
import { none } from './context.ts'

export interface ReplyRules {
  /** Whether any rule asks for a group: only then is the directory asked for them. */
  readonly needGroups: boolean
  /** Of the groups that a directory names by DN, those that rules ask for, as the rules write them. */
  groupsOf(dns: readonly string[]): readonly string[]
  /** What the Accept carries in the end, and in words what the rules did. */
  apply(
    attributes: readonly Attribute[],
    request: Pick<AccessRequest, 'client' | 'secret' | 'packet'>,
    groups: readonly string[],
  ): { readonly attributes: readonly Attribute[]; readonly done: readonly string[] }
}

interface Rule extends EngineReplyRule {
  readonly name: AttributeName
  readonly write: Extract<ReadText, { ok: true }>['write']
}

export function createReplyRules(saved: readonly EngineReplyRule[]): ReplyRules {
  const rules = saved.flatMap(compiled)
  const asked = [...new Set(rules.map(({ groupName }) => groupName).filter((name) => name !== ''))]
  const keys = asked.map((name) => ({ name, key: groupKey(name) }))
  return {
    needGroups: asked.length > 0,
    groupsOf(dns) {
      if (asked.length === 0 || dns.length === 0) return none
      const members = new Set(dns.flatMap((dn) => [groupKey(dn), groupKey(firstName(dn))]))
      return keys.filter(({ key }) => members.has(key)).map(({ name }) => name)
    },
    apply(attributes, request, groups) {
      if (rules.length === 0) return { attributes, done: [] }
      const { client, secret, packet } = request
      let result = attributes
      const done: string[] = []
      const hiding = { secret, authenticator: packet.authenticator, nextSalt: lazySalts() }
      for (const { clientId, groupName, operation, name, write } of rules) {
        if (clientId !== null && clientId !== client.id) continue
        if (groupName !== '' && !groups.includes(groupName)) continue
        const written = write(hiding)
        result = [...(operation === 'replace' ? withoutAttribute(result, name) : result), ...written]
        const [shown] = describeAttributes({ attributes: written })
        const why = groupName === '' ? 'every user' : groupName
        done.push(`${operation} ${shown?.name ?? name} = ${shown?.value ?? ''} (${why})`)
      }
      return { attributes: result, done }
    },
  }
}

/** Nothing, where a name or value of an earlier release is none any more: the rule then adds nothing. */
function compiled(rule: EngineReplyRule): readonly Rule[] {
  if (!isAttributeName(rule.attribute)) return []
  const read = readAttributeText(rule.attribute, rule.value, rule.tag)
  return read.ok ? [{ ...rule, name: rule.attribute, write: read.write }] : []
}

/** A name or DN without regard to case and to spaces around a DN's separators. */
function groupKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/\s*([,=+])\s*/g, '$1')
    .trim()
}

/** What a DN begins with: `VPN` of `CN=VPN,OU=Groups,DC=example,DC=com`. */
function firstName(dn: string): string {
  const value = /^[^=]*=((?:\\.|[^,+\\])*)/.exec(dn)?.[1] ?? ''
  return value.replace(/\\(.)/g, '$1')
}

/** Drawn only when something is hidden. */
function lazySalts(): () => Uint8Array {
  let next: (() => Uint8Array) | undefined
  return () => {
    next ??= createSalts((octets) => void randomFillSync(octets))
    return next()
  }
}
