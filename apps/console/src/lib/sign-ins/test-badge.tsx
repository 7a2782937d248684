/** Marks a sign-in that an administrator asked for on Test sign-in. */
import { Badge, Tooltip } from '@mantine/core'
import { t } from '../words.ts'
import './page-words.ts'

export function TestBadge() {
  return (
    <Tooltip label={t('sign-ins.test.hint')} multiline maw={280}>
      <Badge component="span" size="sm" radius="sm" variant="outline" color="gray" ml={6}>
        {t('sign-ins.test.badge')}
      </Badge>
    </Tooltip>
  )
}
