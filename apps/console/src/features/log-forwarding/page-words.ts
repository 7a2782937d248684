/** The words of this page, which no other says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'log-forwarding': {
    en: () => import('../../words/en/log-forwarding.json'),
    de: () => import('../../words/de/log-forwarding.json'),
  },
})
