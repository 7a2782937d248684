/** The words of how people are asked for a second factor. */
import { addWords } from '../words.ts'

addWords({
  'user-factors': {
    en: () => import('../../words/en/user-factors.json'),
    de: () => import('../../words/de/user-factors.json'),
  },
})
