/** The words of usage, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords(import.meta.glob<Record<string, unknown>>('../../words/*/usage.json', { eager: true, import: 'default' }))
