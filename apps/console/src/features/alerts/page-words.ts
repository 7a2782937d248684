/** The words of this page, which no other says. */
import { addWords } from '../../lib/words.ts'

addWords({ alerts: { en: () => import('../../words/en/alerts.json'), de: () => import('../../words/de/alerts.json') } })
