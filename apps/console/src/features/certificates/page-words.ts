/** The words of this page, which no other says. */
import { addWords } from '../../lib/words.ts'

addWords({
  certificates: {
    en: () => import('../../words/en/certificates.json'),
    de: () => import('../../words/de/certificates.json'),
  },
})
