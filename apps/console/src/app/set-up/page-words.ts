/** The words of the set-up, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'set-up': { en: () => import('../../words/en/set-up.json'), de: () => import('../../words/de/set-up.json') },
})
