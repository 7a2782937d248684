/** The words of client security, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/client-security.json', { eager: true, import: 'default' }),
)
