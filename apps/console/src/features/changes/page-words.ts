/** The words of the changes, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords(import.meta.glob<Record<string, unknown>>('../../words/*/changes.json', { eager: true, import: 'default' }))
