/** The words of the status, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  status: { en: () => import('../../words/en/status.json'), de: () => import('../../words/de/status.json') },
})
