/** The words of what is pending, which only its page says. */
import { addWords } from '../words.ts'

addWords({
  pending: { en: () => import('../../words/en/pending.json'), de: () => import('../../words/de/pending.json') },
})
