/** The words of the fraud reports, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/fraud-reports.json', { eager: true, import: 'default' }),
)
