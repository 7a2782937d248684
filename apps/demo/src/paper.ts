/** How the story looks in a terminal: numbered steps, marks and packets, in colour where that is welcome. */
export type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

export interface Field {
  readonly name: string
  readonly value: string
}

export interface Paper {
  /** The name of the whole. */
  title(text: string, explanation: string): void
  /** A numbered step. */
  step(text: string): void
  heading(text: string): void
  line(text?: string): void
  /** Something that is done. */
  done(text: string): void
  /** A packet: `→` to the server, `←` back, its attributes below it. */
  packet(arrow: '→' | '←', text: string, fields: readonly Field[]): void
  verdict(isGood: boolean, text: string): void
  /** Rows with their columns under each other. */
  table(rows: readonly (readonly string[])[]): void
  paint(colour: Colour, text: string): string
}

const sequences: Readonly<Record<Colour, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
}

/** Writes on `write`, with colours or without. */
export function createPaper(write: (text: string) => void, hasColours: boolean): Paper {
  let steps = 0
  const paint = (colour: Colour, text: string) => {
    if (!hasColours) return text
    const [on, off] = sequences[colour]
    return `\u001b[${on}m${text}\u001b[${off}m`
  }
  const line = (text = '') => write(`${text}\n`.replace(/^ +\n$/, '\n'))
  return {
    paint,
    line: (text = '') => line(`   ${text}`),
    title(text, explanation) {
      line()
      line(`   ${paint('bold', text)}`)
      line(`   ${explanation}`)
    },
    step(text) {
      steps += 1
      line()
      line(`${paint('cyan', String(steps))}  ${paint('bold', text)}`)
    },
    heading(text) {
      line()
      line(`   ${paint('bold', text)}`)
    },
    done: (text) => line(`   ${paint('green', '✓')} ${text}`),
    packet(arrow, text, fields) {
      line()
      line(`   ${paint('cyan', arrow)} ${text}`)
      const width = Math.max(0, ...fields.map(({ name }) => name.length))
      for (const { name, value } of fields) line(`       ${paint('dim', name.padEnd(width))}  ${value}`)
    },
    verdict(isGood, text) {
      line()
      line(`   ${isGood ? paint('green', '✓') : paint('red', '✗')} ${paint('bold', text)}`)
    },
    table(rows) {
      const widths = rows.reduce<number[]>(
        (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
        [],
      )
      for (const row of rows) {
        line(
          `     ${row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd()}`,
        )
      }
    },
  }
}
