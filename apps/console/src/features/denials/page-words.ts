/** The words of the denials, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  denials: { en: () => import('../../words/en/denials.json'), de: () => import('../../words/de/denials.json') },
})
