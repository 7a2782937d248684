/** The words of usage, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords({ usage: { en: () => import('../../words/en/usage.json'), de: () => import('../../words/de/usage.json') } })
