/** What command_status says (§5.1.3), for people, and what follows from it. */
const words: Readonly<Record<number, string>> = {
  0x01: 'message length is invalid',
  0x05: 'already bound',
  0x08: 'system error',
  0x0a: 'source address is invalid',
  0x0b: 'destination address is invalid',
  0x0d: 'bind failed',
  0x0e: 'password is wrong',
  0x0f: 'system ID is unknown',
  0x14: 'message queue is full',
  0x45: 'message was refused',
  0x53: 'system type is wrong',
  0x58: 'throttled: too many messages',
}

export function statusSentence(verb: string, status: number): string {
  const word = words[status]
  return `It refused the ${verb}: ${word === undefined ? '' : `${word}, `}status 0x${status.toString(16).padStart(8, '0')}.`
}

/** Try again in a moment, here. */
export function isThrottling(status: number): boolean {
  return status === 0x58 || status === 0x14
}

/** The number is what it does not like. */
export function isAboutNumber(status: number): boolean {
  return status === 0x0b
}
