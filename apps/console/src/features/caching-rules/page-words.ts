/** The words of this page, which no other says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'caching-rules': {
    en: () => import('../../words/en/caching-rules.json'),
    de: () => import('../../words/de/caching-rules.json'),
  },
})
