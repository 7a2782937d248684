/** The words of the administrators, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/administrators.json', { eager: true, import: 'default' }),
)
