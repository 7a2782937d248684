/** The words of the vendor profiles: more than any other feature's, and said on this page alone. */
import { addWords } from '../../lib/words.ts'

addWords({
  'vendor-profiles': {
    en: () => import('../../words/en/vendor-profiles.json'),
    de: () => import('../../words/de/vendor-profiles.json'),
  },
})
