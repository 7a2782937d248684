/** The words of this page, which no other says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'trusted-networks': {
    en: () => import('../../words/en/trusted-networks.json'),
    de: () => import('../../words/de/trusted-networks.json'),
  },
})
