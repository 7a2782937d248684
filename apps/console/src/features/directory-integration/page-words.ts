/** The words of Directory Integration, which its page and the set-up say. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>('../../words/*/{directory-integration,directory-sync}.json', {
    eager: true,
    import: 'default',
  }),
)
