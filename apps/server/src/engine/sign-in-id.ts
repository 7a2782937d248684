/** Ids of sign-ins: UUIDs that begin with the time, so that the newest lie together in every index (RFC 9562 §5.7). */
import { fillRandom } from '@sallyport/radius'

const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
/** Written in place and copied out whole: pieces put together would all be kept for as long as the id. */
const text = Buffer.from('00000000-0000-7000-8000-000000000000', 'latin1')
/** Where the digits of the time lie, and those of the ten random octets but for the version and the variant. */
const timeAt = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]
const variantAt = 19
const randomAt = [15, 16, 17, 20, 21, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35]
const random = new Uint8Array(10)

/** A version 7 UUID. @param nowMs milliseconds since 1970 */
export function signInId(nowMs: number): string {
  let time = nowMs
  for (let place = timeAt.length - 1; place >= 0; place--) {
    put(timeAt[place], time % 16)
    time = Math.floor(time / 16)
  }
  fillRandom(random)
  for (const [place, at] of randomAt.entries()) put(at, (random[place >> 1] ?? 0) >> (place % 2 === 0 ? 0 : 4))
  put(variantAt, 8 | ((random[9] ?? 0) & 3))
  return text.toString('latin1')
}

function put(at: number | undefined, digit: number): void {
  text[at ?? 0] = digits[digit & 15] ?? 0
}
