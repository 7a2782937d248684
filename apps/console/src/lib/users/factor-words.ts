/** The words of how people are asked for a second factor. */
import { addWords } from '../words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/user-factors.json', { eager: true, import: 'default' }),
)
