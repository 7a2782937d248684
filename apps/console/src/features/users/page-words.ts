/** The words of how a user is asked for a second factor: said on the user's page alone. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/user-factors.json', { eager: true, import: 'default' }),
)
