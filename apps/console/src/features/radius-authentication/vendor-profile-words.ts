/** The words of the vendor profiles: more than any other feature's, and said on this page alone. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/vendor-profiles.json', { eager: true, import: 'default' }),
)
