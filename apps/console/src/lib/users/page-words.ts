/** The words of the users, which many pages name. */
import { addWords } from '../words.ts'

addWords({
  users: { en: () => import('../../words/en/users.json'), de: () => import('../../words/de/users.json') },
})
