/** The words of Test sign-in, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/test-sign-in.json', { eager: true, import: 'default' }),
)
