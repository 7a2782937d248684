/** The words of the ways in that are loaded where there are any. */
import { addWords } from '../../lib/words.ts'

addWords({
  'provider-door': {
    en: () => import('../../words/en/provider-door.json'),
    de: () => import('../../words/de/provider-door.json'),
  },
})
