/** Delivery receipts: parameters where the centre sends them (§5.3.2), else the text that everybody imitates (appendix B). */
import { tags, type Deliver } from './pdu.ts'

export interface Receipt {
  /** The message's id as it may have been said before: some centres answer in hexadecimal and report in decimal. */
  readonly references: readonly string[]
  readonly state: 'delivered' | 'failed' | 'unknown'
  readonly detail: string
}

/** §5.2.28 message_state, and the same in the text of a receipt. */
const states: Readonly<Record<string, Receipt['state']>> = {
  DELIVRD: 'delivered',
  ACCEPTD: 'unknown',
  ENROUTE: 'unknown',
  UNKNOWN: 'unknown',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
}
const names = ['', 'ENROUTE', 'DELIVRD', 'EXPIRED', 'DELETED', 'UNDELIV', 'ACCEPTD', 'UNKNOWN', 'REJECTD']

/** Undefined where it says of no message how it is. */
export function readReceipt({ message, tlvs }: Deliver): Receipt | undefined {
  const text = message.toString('latin1')
  const id =
    tlvs.get(tags.receiptedMessageId)?.toString('latin1').replace(/\0.*$/su, '') ??
    /\bid:\s*([^\s]{1,65})/iu.exec(text)?.[1]
  const name =
    names[tlvs.get(tags.messageState)?.[0] ?? 0] || /\bstat:\s*([A-Z]{1,10})/iu.exec(text)?.[1]?.toUpperCase()
  if (id === undefined || name === undefined) return undefined
  const state = Object.hasOwn(states, name) ? states[name] : undefined
  const error = /\berr:\s*(\w{1,10})/iu.exec(text)?.[1]
  const detail = error === undefined || /^0*$/u.test(error) ? name : `${name} (${error})`
  return { references: spellings(id), state: state ?? 'unknown', detail }
}

/** As it is, and in the other base. */
function spellings(id: string): readonly string[] {
  const others: string[] = []
  if (/^\d{1,20}$/u.test(id)) {
    const hexadecimal = BigInt(id).toString(16)
    others.push(
      hexadecimal,
      hexadecimal.toUpperCase(),
      hexadecimal.padStart(8, '0'),
      hexadecimal.toUpperCase().padStart(8, '0'),
    )
    others.push(BigInt(id).toString())
  }
  if (/^[0-9a-f]{1,16}$/iu.test(id)) others.push(BigInt(`0x${id}`).toString(), id.replace(/^0+(?=.)/u, ''))
  return [...new Set([id, ...others])]
}
