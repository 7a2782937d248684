/** The words of how users are asked for a second factor, and of many users at once: said on these pages alone. */
import { addWords } from '../../lib/words.ts'

addWords(
  import.meta.glob<Record<string, unknown>>(
    ['../../words/*/user-factors.json', '../../words/*/user-batches.json', '../../words/*/user-imports.json'],
    { eager: true, import: 'default' },
  ),
)
