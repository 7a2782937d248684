/** Which attribute of an entry becomes which field of a user, and how three people look by that. */
import { Button, Group, Stack, TagsInput } from '@mantine/core'
import { api, mappedFields, syncDefaults, type MappedField } from '@sallyport/contract'
import { Section } from '@sallyport/ui'
import { TextField, useField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { MappingPreview } from './mapping-preview.tsx'
import type { SyncForm } from './use-sync-form.ts'
import { useMay } from '../../lib/session.ts'
import './sync-words.ts'
import './page-words.ts'

export function AttributesTab({ form }: { readonly form: SyncForm }) {
  const { control, setValue } = form
  const { may } = useMay(api.directorySync.preview)
  return (
    <Stack gap="lg">
      <Section title={t('directory-sync.mapping.title')} description={t('directory-sync.mapping.text')}>
        <Stack gap="md">
          <TextField
            control={control}
            name="mapping.uniqueId"
            label={t('directory-sync.mapping.uniqueId')}
            description={t('directory-sync.mapping.uniqueIdHint')}
            autoComplete="off"
            spellCheck={false}
            maw="30rem"
          />
          {mappedFields.map((field) => (
            <AttributesField key={field} form={form} field={field} />
          ))}
          <TextField
            control={control}
            name="countryCode"
            label={t('directory-sync.mapping.countryCode')}
            description={t('directory-sync.mapping.countryCodeHint')}
            placeholder="+49"
            autoComplete="off"
            maw="30rem"
          />
          <Group gap="sm">
            {(['active-directory', 'other'] as const).map((kind) => (
              <Button
                key={kind}
                variant="default"
                onClick={() => setValue('mapping', syncDefaults[kind].mapping, { shouldDirty: true })}
              >
                {t(`directory-sync.defaults.${kind}`)}
              </Button>
            ))}
          </Group>
        </Stack>
      </Section>
      {may && <MappingPreview form={form} />}
    </Stack>
  )
}

function AttributesField({ form, field }: { readonly form: SyncForm; readonly field: MappedField }) {
  const { value, set, input } = useField({ control: form.control, name: `mapping.${field}` })
  return (
    <TagsInput
      {...input}
      label={t(`directory-sync.field.${field}`)}
      description={field === 'username' ? t('directory-sync.mapping.usernameHint') : undefined}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={set}
      splitChars={[',', ' ', ';']}
      acceptValueOnBlur
      maxTags={4}
      maw="30rem"
    />
  )
}
