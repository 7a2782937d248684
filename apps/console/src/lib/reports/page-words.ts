/** The words that reports share, which only their pages say. */
import { addWords } from '../words.ts'

addWords({
  reports: { en: () => import('../../words/en/reports.json'), de: () => import('../../words/de/reports.json') },
})
