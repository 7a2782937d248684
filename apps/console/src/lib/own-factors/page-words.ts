/** The words of an administrator's own second factors, which no first load needs. */
import { addWords } from '../words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/own-factors.json', { eager: true, import: 'default' }),
)
