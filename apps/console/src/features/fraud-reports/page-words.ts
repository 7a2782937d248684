/** The words of the fraud reports, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'fraud-reports': {
    en: () => import('../../words/en/fraud-reports.json'),
    de: () => import('../../words/de/fraud-reports.json'),
  },
})
