/** The words of how users are asked for a second factor, and of many users at once: said on these pages alone. */
import { addWords } from '../../lib/words.ts'
import '../../lib/users/page-words.ts'

addWords({
  'user-factors': {
    en: () => import('../../words/en/user-factors.json'),
    de: () => import('../../words/de/user-factors.json'),
  },
  'user-batches': {
    en: () => import('../../words/en/user-batches.json'),
    de: () => import('../../words/de/user-batches.json'),
  },
  'user-imports': {
    en: () => import('../../words/en/user-imports.json'),
    de: () => import('../../words/de/user-imports.json'),
  },
})
