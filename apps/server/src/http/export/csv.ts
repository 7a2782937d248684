/** Writes CSV (RFC 4180) that a spreadsheet opens without running anything that is in it. */

/** One line with its CRLF. Fields are quoted where they must be. */
export function csvLine(fields: readonly (string | number)[]): string {
  return `${fields.map(csvField).join(',')}\r\n`
}

/** So that spreadsheets read UTF-8 as such. */
export const byteOrderMark = '\uFEFF'

function csvField(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : harmless(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front, which shows it as text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
