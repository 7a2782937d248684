/** The words of the changes, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  changes: { en: () => import('../../words/en/changes.json'), de: () => import('../../words/de/changes.json') },
})
