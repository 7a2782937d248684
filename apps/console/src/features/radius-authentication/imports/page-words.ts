/** The words of importing another product's configuration. */
import { addWords } from '../../../lib/words.ts'

addWords({
  'product-imports': {
    en: () => import('../../../words/en/product-imports.json'),
    de: () => import('../../../words/de/product-imports.json'),
  },
})
