/** The words of the API tokens, which only their page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  'api-tokens': {
    en: () => import('../../words/en/api-tokens.json'),
    de: () => import('../../words/de/api-tokens.json'),
  },
})
