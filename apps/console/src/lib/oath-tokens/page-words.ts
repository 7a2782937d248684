/** The words of the OATH tokens, which their page and a user’s say. */
import { addWords } from '../words.ts'

addWords({
  'oath-tokens': {
    en: () => import('../../words/en/oath-tokens.json'),
    de: () => import('../../words/de/oath-tokens.json'),
  },
})
