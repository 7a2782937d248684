/** The words of sign-ins and their traces, which many pages say, and none at the door. */
import { addWords } from '../../lib/words.ts'

addWords({
  'sign-ins': { en: () => import('../../words/en/sign-ins.json'), de: () => import('../../words/de/sign-ins.json') },
})
