/** The words of Blocked and Bypassed, which only their pages say. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/standing-history.json', { eager: true, import: 'default' }),
)
