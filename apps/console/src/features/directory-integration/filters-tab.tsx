/** Which entries of the directory are people, groups and containers. */
import { Button, Group, Stack } from '@mantine/core'
import { syncDefaults } from '@sallyport/contract'
import { Section } from '@sallyport/ui'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { SyncForm } from './use-sync-form.ts'
import './sync-words.ts'
import './page-words.ts'

const filters = ['userFilter', 'groupFilter', 'containerFilter'] as const

export function FiltersTab({ form }: { readonly form: SyncForm }) {
  const { control, setValue } = form
  return (
    <Section title={t('directory-sync.filters.title')} description={t('directory-sync.filters.text')}>
      <Stack gap="md">
        {filters.map((name) => (
          <TextField
            key={name}
            control={control}
            name={name}
            label={t(`directory-sync.filters.${name}`)}
            description={t(`directory-sync.filters.${name}Hint`)}
            autoComplete="off"
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
        ))}
        <Group gap="sm">
          {(['active-directory', 'other'] as const).map((kind) => (
            <Button
              key={kind}
              variant="default"
              onClick={() => {
                for (const name of filters) setValue(name, syncDefaults[kind][name], { shouldDirty: true })
              }}
            >
              {t(`directory-sync.defaults.${kind}`)}
            </Button>
          ))}
        </Group>
      </Stack>
    </Section>
  )
}
