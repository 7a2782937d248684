/** The words of importing tokens: these pages alone say them. */
import { addWords } from '../../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../../words/*/oath-imports.json', { eager: true, import: 'default' }),
)
