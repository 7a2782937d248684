/** The words of RADIUS Authentication, which its page and the set-up say. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>(
    '../../words/*/{radius-authentication,radius-servers,radsec,reply-attributes}.json',
    {
      eager: true,
      import: 'default',
    },
  ),
)
