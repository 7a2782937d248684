/** One entry of the audit trail: who, when, from where, and each field before and after. */
import { Modal, Stack, Text } from '@mantine/core'
import type { AuditEntryView } from '@sallyport/contract'
import { SettingsList, utcTimeText } from '@sallyport/ui'
import { t } from '../../lib/words.ts'
import { changeText, fieldChanges, fieldName, valueText } from './change-words.ts'
import classes from './changes.module.css'
import './page-words.ts'

export function ChangeDetails({ entry, onClose }: { readonly entry: AuditEntryView; readonly onClose: () => void }) {
  const changes = fieldChanges(entry)
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={changeText(entry)}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Stack>
        <SettingsList
          settings={[
            { name: t('changes.column.who'), text: entry.administrator },
            { name: t('changes.column.at'), text: utcTimeText(Date.parse(entry.at)) },
            ...(entry.address === null ? [] : [{ name: t('changes.column.address'), value: entry.address }]),
            { name: t('changes.sequence'), text: String(entry.sequence) },
            ...(entry.subjectId === null ? [] : [{ name: t('changes.subjectId'), value: entry.subjectId }]),
          ]}
        />
        {changes.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('changes.noFields')}
          </Text>
        ) : (
          <dl className={classes['fields']}>
            {changes.map(({ name, before, after }) => (
              <div key={name}>
                <dt>{fieldName(name)}</dt>
                <dd>
                  <span className={classes['side']}>{t('changes.before')}</span>
                  <span className={classes['value']} data-side="before">
                    {valueText(before)}
                  </span>
                </dd>
                <dd>
                  <span className={classes['side']}>{t('changes.after')}</span>
                  <span className={classes['value']} data-side="after">
                    {valueText(after)}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Stack>
    </Modal>
  )
}
