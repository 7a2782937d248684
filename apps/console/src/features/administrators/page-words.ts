/** The words of the administrators, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  administrators: {
    en: () => import('../../words/en/administrators.json'),
    de: () => import('../../words/de/administrators.json'),
  },
})
