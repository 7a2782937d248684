/** The words of this page, which no other says. */
import { addWords } from '../../lib/words.ts'

addWords({
  retention: { en: () => import('../../words/en/retention.json'), de: () => import('../../words/de/retention.json') },
})
