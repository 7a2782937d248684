/** Says that somebody else saved first, and offers both ways on; nothing typed is lost meanwhile. */
import { Button, Group } from '@mantine/core'
import { Notice } from '@sallyport/ui'
import { t } from './words.ts'

export interface ChangedMeanwhileProps {
  readonly onTakeTheirs: () => void
  readonly onSaveMine: () => void
}

export function ChangedMeanwhile({ onTakeTheirs, onSaveMine }: ChangedMeanwhileProps) {
  return (
    <Notice
      state="warning"
      role="alert"
      title={t('app.changedMeanwhile.title')}
      action={
        <Group gap="xs">
          <Button variant="default" onClick={onTakeTheirs}>
            {t('app.changedMeanwhile.takeTheirs')}
          </Button>
          <Button variant="default" onClick={onSaveMine}>
            {t('app.changedMeanwhile.saveMine')}
          </Button>
        </Group>
      }
    >
      {t('app.changedMeanwhile.text')}
    </Notice>
  )
}
