/** The words of RADIUS Authentication, which its page and the set-up say. */
import { addWords } from '../../lib/words.ts'

addWords({
  'radius-authentication': {
    en: () => import('../../words/en/radius-authentication.json'),
    de: () => import('../../words/de/radius-authentication.json'),
  },
  'radius-servers': {
    en: () => import('../../words/en/radius-servers.json'),
    de: () => import('../../words/de/radius-servers.json'),
  },
  radsec: { en: () => import('../../words/en/radsec.json'), de: () => import('../../words/de/radsec.json') },
  'reply-attributes': {
    en: () => import('../../words/en/reply-attributes.json'),
    de: () => import('../../words/de/reply-attributes.json'),
  },
})
