/** The words of Test sign-in, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'test-sign-in': {
    en: () => import('../../words/en/test-sign-in.json'),
    de: () => import('../../words/de/test-sign-in.json'),
  },
})
