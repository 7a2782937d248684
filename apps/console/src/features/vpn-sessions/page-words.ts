/** The words of the VPN sessions, which only their pages say. */
import { addWords } from '../../lib/words.ts'

addWords({
  'vpn-sessions': {
    en: () => import('../../words/en/vpn-sessions.json'),
    de: () => import('../../words/de/vpn-sessions.json'),
  },
})
