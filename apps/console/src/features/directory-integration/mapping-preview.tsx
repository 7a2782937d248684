/** Three people of the directory as the mapping makes them, saved or not. */
import { Button, Stack, Text } from '@mantine/core'
import { mappedFields } from '@sallyport/contract'
import { Notice, Section, SettingsList } from '@sallyport/ui'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { usePreview } from './sync-data.ts'
import type { SyncForm } from './use-sync-form.ts'
import './sync-words.ts'
import './page-words.ts'

export function MappingPreview({ form }: { readonly form: SyncForm }) {
  const preview = usePreview()
  const look = () => {
    const { userFilter, mapping, countryCode, items } = form.getValues()
    const dn = items.find(({ kind }) => kind === 'container')?.dn ?? ''
    preview.mutate({ userFilter, mapping, countryCode, dn })
  }
  const { data, error } = preview
  return (
    <Section
      title={t('directory-sync.preview.title')}
      description={t('directory-sync.preview.text')}
      action={
        <Button variant="default" loading={preview.isPending} onClick={look}>
          {t('directory-sync.preview.show')}
        </Button>
      }
    >
      <Stack gap="md" aria-live="polite">
        {error !== null && <Notice state="bad" role="alert" title={problemText(error)} />}
        {data?.people.length === 0 && <Notice state="warning" title={t('directory-sync.preview.nobody')} />}
        {data?.people.map((person) => (
          <Stack key={person.dn} gap={4}>
            <Text size="sm" fw={600} ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {person.dn}
            </Text>
            <SettingsList
              settings={[
                ...mappedFields.map((field) => ({
                  name: t(`directory-sync.field.${field}`),
                  text: withExtension(person.fields, field),
                })),
                { name: t('directory-sync.mapping.uniqueId'), text: person.directoryId || '–' },
                ...(person.disabled
                  ? [{ name: t('directory-sync.preview.state'), text: t('directory-sync.preview.disabled') }]
                  : []),
              ]}
            />
            {person.remarks.map((remark) => (
              <Notice key={remark} state="warning" title={t(`directory-sync.reason.${remark}`)} />
            ))}
          </Stack>
        ))}
      </Stack>
    </Section>
  )
}

function withExtension(fields: Readonly<Record<string, string>>, field: string): string {
  const extension = fields[field === 'backupPhone' ? 'backupExtension' : `${field}Extension`] ?? ''
  const value = fields[field] ?? ''
  return value === '' ? '–' : extension === '' ? value : t('directory-sync.preview.extension', { value, extension })
}
