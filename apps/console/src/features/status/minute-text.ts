/** A minute of the day in the reader's own time. */
import { language } from '../../lib/words.ts'

export function minuteText(iso: string): string {
  return new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit' }).format(Date.parse(iso))
}
