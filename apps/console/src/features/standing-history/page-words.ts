/** The words of Blocked and Bypassed, which only their pages say. */
import { addWords } from '../../lib/words.ts'

addWords({
  'standing-history': {
    en: () => import('../../words/en/standing-history.json'),
    de: () => import('../../words/de/standing-history.json'),
  },
})
