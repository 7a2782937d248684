/** The words that reports share, which only their pages say. */
import { addWords } from '../words.ts'

addWords(import.meta.glob<Record<string, unknown>>('../../words/*/reports.json', { eager: true, import: 'default' }))
