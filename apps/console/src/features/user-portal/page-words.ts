/** The words of the settings of the user portal, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'user-portal': {
    en: () => import('../../words/en/user-portal.json'),
    de: () => import('../../words/de/user-portal.json'),
  },
})
