/** The words of the denials, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords(import.meta.glob<Record<string, unknown>>('../../words/*/denials.json', { eager: true, import: 'default' }))
