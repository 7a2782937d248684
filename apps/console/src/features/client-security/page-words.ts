/** The words of client security, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'client-security': {
    en: () => import('../../words/en/client-security.json'),
    de: () => import('../../words/de/client-security.json'),
  },
})
