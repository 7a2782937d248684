/** The words of Company Settings: said on this page alone. */
import { addWords } from '../../lib/words.ts'

addWords({
  'company-settings': {
    en: () => import('../../words/en/company-settings.json'),
    de: () => import('../../words/de/company-settings.json'),
  },
})
