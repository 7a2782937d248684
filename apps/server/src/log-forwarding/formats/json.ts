/** An event as one JSON object in one line. */
import type { LogFacts } from '../facts.ts'

export function jsonOf({ kind, atMs, facts }: LogFacts): string {
  return JSON.stringify({ type: kind, time: new Date(atMs).toISOString(), ...facts })
}
