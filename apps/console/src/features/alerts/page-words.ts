/** The words of this page, which no other says. */
import { addWords } from '../../lib/words.ts'

addWords(import.meta.glob<Record<string, unknown>>('../../words/*/alerts.json', { eager: true, import: 'default' }))
