/** A moment in UTC, exact to the millisecond, as logs of other machines write it. */

/** @param at ISO 8601 */
export function utcText(at: string): string {
  return `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} UTC`
}
