/** The words of Filters, Attributes and Synchronization: said on these pages alone. */
import { addWords } from '../../lib/words.ts'
import './page-words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/directory-sync.json', { eager: true, import: 'default' }),
)
