/** States for challenges: 16 random octets in base64url, drawn from the system many at a time. */
import { randomFillSync } from 'node:crypto'

const octets = 16
const statesADraw = 256

/** Every call gives 22 characters that nobody can foresee and nobody was given before. */
export function createRandomState(): () => string {
  const pool = Buffer.alloc(octets * statesADraw)
  let at = pool.length
  return () => {
    if (at === pool.length) {
      randomFillSync(pool)
      at = 0
    }
    const state = pool.toString('base64url', at, at + octets)
    pool.fill(0, at, at + octets)
    at += octets
    return state
  }
}
