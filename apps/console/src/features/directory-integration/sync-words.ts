/** The words of Filters, Attributes and Synchronization: said on these pages alone. */
import { addWords } from '../../lib/words.ts'
import './page-words.ts'

addWords({
  'directory-sync': {
    en: () => import('../../words/en/directory-sync.json'),
    de: () => import('../../words/de/directory-sync.json'),
  },
})
