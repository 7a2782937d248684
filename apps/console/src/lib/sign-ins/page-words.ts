/** The words of sign-ins and their traces, which many pages say, and none at the door. */
import { addWords } from '../../lib/words.ts'

addWords(import.meta.glob<Record<string, unknown>>('../../words/*/sign-ins.json', { eager: true, import: 'default' }))
