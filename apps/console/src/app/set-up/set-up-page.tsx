/** The set-up wizard. */
import { t } from '../../lib/words.ts'
import { FrontDoor } from '../front-door.tsx'

export function SetUpPage() {
  return <FrontDoor width="52rem">{t('set-up.title')}</FrontDoor>
}
