/**
 * A round of a trace as the log keeps it: the packets as they lay on the wire, without their secrets, and what each stage knew.
 * It is written for every datagram and read for few, so that it is described in words only when somebody looks.
 */
import {
  signInReason,
  stageName,
  traceFact,
  type SignInReason,
  type TraceFact,
  type TraceRound,
  type TraceStage,
} from '@sallyport/contract'
import {
  codeName,
  decodeTlvs,
  describeAttributes,
  isPacketCode,
  withoutSecrets,
  type Attribute,
} from '@sallyport/radius'
import { z } from 'zod'

/**
 * One stage's part as it is packed, JSON already, for a text waits in less room than its parts: name, microseconds, verdict and reason
 * ('' for none), then names and values in turn.
 */
export type PackedStage = string

export interface RoundToPack {
  /** When the datagram came, ms since 1970. */
  readonly atMs: number
  readonly durationMs: number
  readonly request: { readonly code: number; readonly identifier: number; readonly attributes: readonly Attribute[] }
  readonly stages: readonly PackedStage[]
  /** Null: silence. */
  readonly reply: { readonly code: number; readonly attributes: readonly Attribute[] } | null
}

export function packStage(
  stage: TraceStage['stage'],
  durationMs: number,
  verdict: { readonly kind: NonNullable<TraceStage['verdict']>; readonly reason: SignInReason } | null,
  facts: readonly TraceFact[],
): PackedStage {
  const packed: (string | number)[] = [stage, microseconds(durationMs), verdict?.kind ?? '', verdict?.reason ?? '']
  for (const { name, value } of facts) packed.push(name, value)
  return JSON.stringify(packed)
}

/** One line of text; {@link unpackRound} reads it. */
export function packRound({ atMs, durationMs, request, stages, reply }: RoundToPack): string {
  const head = JSON.stringify([
    atMs,
    microseconds(durationMs),
    request.code,
    request.identifier,
    base64(request.attributes),
    reply?.code ?? 0,
    reply ? base64(reply.attributes) : '',
  ])
  return `${[head.slice(0, -1), ...stages].join(',')}]`
}

const packedStage = z.tuple([stageName, z.int(), traceVerdict(), z.union([signInReason, z.literal('')])], z.string())
const packedRound = z.tuple([z.number(), z.int(), z.int(), z.int(), z.base64(), z.int(), z.base64()], packedStage)

/** The round as the API shows it. Throws where the text is not what {@link packRound} makes. */
export function unpackRound(text: string): TraceRound {
  const [atMs, durationUs, code, identifier, attributes, replyCode, replyAttributes, ...stages] = packedRound.parse(
    JSON.parse(text),
  )
  return {
    at: new Date(atMs).toISOString(),
    durationMs: durationUs / 1_000,
    request: { code: nameOf(code), identifier, attributes: described(attributes) },
    stages: stages.map(([stage, stageUs, verdict, reason, ...facts]) => ({
      stage,
      durationMs: stageUs / 1_000,
      verdict: verdict === '' ? null : verdict,
      reason: reason === '' ? null : reason,
      facts: pairs(facts),
    })),
    reply: replyCode === 0 ? null : { code: nameOf(replyCode), attributes: described(replyAttributes) },
  }
}

function traceVerdict() {
  return z.enum(['accept', 'reject', 'challenge', 'silence', ''])
}

function nameOf(code: number): string {
  return isPacketCode(code) ? codeName(code) : `Code-${code}`
}

function described(text: string): TraceFact[] {
  const attributes = decodeTlvs(Buffer.from(text, 'base64'))
  if (!attributes) throw new Error('the attributes of a trace are damaged')
  return describeAttributes({ attributes }).map((each) => traceFact.parse(each))
}

function pairs(facts: readonly string[]): TraceFact[] {
  const found: TraceFact[] = []
  for (let at = 0; at + 1 < facts.length; at += 2) found.push({ name: facts[at] ?? '', value: facts[at + 1] ?? '' })
  return found
}

function base64(attributes: readonly Attribute[]): string {
  const octets = withoutSecrets(attributes)
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('base64')
}

function microseconds(durationMs: number): number {
  return Math.round(durationMs * 1_000)
}
