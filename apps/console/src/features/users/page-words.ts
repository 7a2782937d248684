/** The words of how users are asked for a second factor, and of many users at once: said on these pages alone. */
import { addWords } from '../../lib/words.ts'
import '../../lib/user-factors/page-words.ts'
import '../../lib/users/page-words.ts'

addWords({
  'user-batches': {
    en: () => import('../../words/en/user-batches.json'),
    de: () => import('../../words/de/user-batches.json'),
  },
  'user-imports': {
    en: () => import('../../words/en/user-imports.json'),
    de: () => import('../../words/de/user-imports.json'),
  },
  'user-history': {
    en: () => import('../../words/en/user-history.json'),
    de: () => import('../../words/de/user-history.json'),
  },
})
