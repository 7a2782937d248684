/** Randomness for the hot paths, drawn from the system many octets at a time: each draw costs more than all of RADIUS's arithmetic. */
import { randomFillSync } from 'node:crypto'

const poolBytes = 4096
const pool = new Uint8Array(poolBytes)
let drawn = poolBytes

/** Fills octets with randomness that nobody was given before; at most 4096 of them. */
export function fillRandom(octets: Uint8Array): void {
  const { length } = octets
  if (length > poolBytes) throw new RangeError(`at most ${poolBytes} octets at a time`)
  if (drawn + length > poolBytes) {
    randomFillSync(pool)
    drawn = 0
  }
  // What was given away is gone from here: a look into this memory tells nothing of the past.
  for (let index = 0; index < length; index++) {
    octets[index] = pool[drawn + index] ?? 0
    pool[drawn + index] = 0
  }
  drawn += length
}
