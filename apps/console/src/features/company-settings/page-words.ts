/** The words of Company Settings: said on this page alone. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/company-settings.json', { eager: true, import: 'default' }),
)
