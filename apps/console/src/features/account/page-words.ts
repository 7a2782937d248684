/** The words of My account, which only its page says. */
import { addWords } from '../../lib/words.ts'

addWords({
  account: { en: () => import('../../words/en/account.json'), de: () => import('../../words/de/account.json') },
})
