/** Reads a list of ports as people type it. */

/** Numbers apart by commas, semicolons or spaces; what is no number becomes NaN, for the schema to refuse. */
export function parsePorts(typed: string): number[] {
  return typed
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d{1,6}$/.test(part) ? Number(part) : Number.NaN))
}

export function writePorts(ports: readonly number[]): string {
  return ports.join(', ')
}
