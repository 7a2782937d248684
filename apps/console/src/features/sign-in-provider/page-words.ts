/** The words of the page where the OpenID Connect provider is set up. */
import { addWords } from '../../lib/words.ts'

addWords({
  'sign-in-provider': {
    en: () => import('../../words/en/sign-in-provider.json'),
    de: () => import('../../words/de/sign-in-provider.json'),
  },
})
