/** The words of importing tokens: these pages alone say them. */
import { addWords } from '../../../lib/words.ts'

addWords({
  'oath-imports': {
    en: () => import('../../../words/en/oath-imports.json'),
    de: () => import('../../../words/de/oath-imports.json'),
  },
})
