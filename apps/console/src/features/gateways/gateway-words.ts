/** The words of the gateways: many, and said on this page alone. */
import { addWords } from '../../lib/words.ts'

addWords({
  gateways: { en: () => import('../../words/en/gateways.json'), de: () => import('../../words/de/gateways.json') },
})
