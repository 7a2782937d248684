/** The words of My account, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords(import.meta.glob<Record<string, unknown>>('../../words/*/account.json', { eager: true, import: 'default' }))
