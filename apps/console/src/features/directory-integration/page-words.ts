/** The words of Directory Integration, which its page and the set-up say. */
import { addWords } from '../../lib/words.ts'

addWords({
  'directory-integration': {
    en: () => import('../../words/en/directory-integration.json'),
    de: () => import('../../words/de/directory-integration.json'),
  },
  'directory-sync': {
    en: () => import('../../words/en/directory-sync.json'),
    de: () => import('../../words/de/directory-sync.json'),
  },
})
