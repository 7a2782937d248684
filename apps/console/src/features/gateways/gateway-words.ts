/** The words of the gateways: many, and said on this page alone. */
import { addWords } from '../../lib/words.ts'

addWords(import.meta.glob<Record<string, unknown>>('../../words/*/gateways.json', { eager: true, import: 'default' }))
