/** The words of an administrator's own second factors, which no first load needs. */
import { addWords } from '../words.ts'

addWords({
  'own-factors': {
    en: () => import('../../words/en/own-factors.json'),
    de: () => import('../../words/de/own-factors.json'),
  },
})
