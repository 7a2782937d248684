/** How a person is found: by a search under the base DN, or by writing the name into a DN. */
import { Input, SegmentedControl, Stack } from '@mantine/core'
import { Section } from '@sallyport/ui'
import { useId } from 'react'
import { useWatch } from 'react-hook-form'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { LdapFormState } from './use-ldap-form.ts'
import './page-words.ts'

export function LookupFields({ form }: { readonly form: LdapFormState }) {
  const { control, setValue } = form
  const kind = useWatch({ control, name: 'userLookup.kind' })
  const labelId = useId()
  const choose = (chosen: string) =>
    setValue(
      'userLookup',
      chosen === 'template' ? { kind: 'template', dn: '' } : { kind: 'search', filter: '(uid={username})' },
      { shouldDirty: true },
    )
  return (
    <Section title={t('directory-integration.lookup.title')} description={t('directory-integration.lookup.text')}>
      <Stack>
        <TextField
          control={control}
          name="baseDn"
          label={t('directory-integration.lookup.baseDn')}
          description={t('directory-integration.lookup.baseDnHint')}
          placeholder="dc=example,dc=com"
          autoComplete="off"
          spellCheck={false}
        />
        <div>
          <Input.Label component="div" display="block" id={labelId} mb={4}>
            {t('directory-integration.lookup.kind')}
          </Input.Label>
          <SegmentedControl
            aria-labelledby={labelId}
            value={kind}
            onChange={choose}
            data={(['search', 'template'] as const).map((value) => ({
              value,
              label: t(`directory-integration.lookup.${value}`),
            }))}
          />
        </div>
        {kind === 'search' ? (
          <TextField
            key="filter"
            control={control}
            name="userLookup.filter"
            label={t('directory-integration.lookup.filter')}
            description={t('directory-integration.lookup.filterHint')}
            autoComplete="off"
            spellCheck={false}
          />
        ) : (
          <TextField
            key="dn"
            control={control}
            name="userLookup.dn"
            label={t('directory-integration.lookup.dn')}
            description={t('directory-integration.lookup.dnHint')}
            placeholder="uid={username},ou=people,dc=example,dc=com"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Stack>
    </Section>
  )
}
