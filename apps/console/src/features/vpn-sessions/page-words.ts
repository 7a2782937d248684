/** The words of the VPN sessions, which only their pages say. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/vpn-sessions.json', { eager: true, import: 'default' }),
)
