/** When users are synchronized, where they come from, and what is done with those who are there no more. */
import { SimpleGrid, Stack } from '@mantine/core'
import { Section } from '@sallyport/ui'
import { CheckField, NumberField, SelectField } from '../../lib/fields.tsx'
import { t } from '../../lib/words.ts'
import { SyncItems } from './sync-items.tsx'
import type { SyncForm } from './use-sync-form.ts'
import './sync-words.ts'
import './page-words.ts'

const whenGone = ['disable', 'remove', 'keep'] as const
const collisions = ['ask', 'leave', 'adopt'] as const

interface SynchronizationTabProps {
  readonly form: SyncForm
  readonly may: boolean
}

export function SynchronizationTab({ form, may }: SynchronizationTabProps) {
  const { control } = form
  return (
    <Stack gap="lg">
      <Section title={t('directory-sync.when.title')}>
        <Stack gap="md">
          <CheckField
            control={control}
            name="enabled"
            label={t('directory-sync.when.enabled')}
            description={t('directory-sync.when.enabledHint')}
          />
          <NumberField
            control={control}
            name="everyMinutes"
            label={t('directory-sync.when.every')}
            description={t('directory-sync.when.everyHint')}
            allowDecimal={false}
            maw="22rem"
          />
          <CheckField
            control={control}
            name="alwaysFull"
            label={t('directory-sync.when.alwaysFull')}
            description={t('directory-sync.when.alwaysFullHint')}
          />
        </Stack>
      </Section>
      <SyncItems form={form} may={may} />
      <Section title={t('directory-sync.rules.title')}>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <SelectField
              control={control}
              name="whenGone"
              label={t('directory-sync.rules.whenGone')}
              description={t('directory-sync.rules.whenGoneHint')}
              data={whenGone.map((value) => ({ value, label: t(`directory-sync.whenGone.${value}`) }))}
            />
            <SelectField
              control={control}
              name="collisions"
              label={t('directory-sync.rules.collisions')}
              description={t('directory-sync.rules.collisionsHint')}
              data={collisions.map((value) => ({ value, label: t(`directory-sync.collisions.${value}`) }))}
            />
          </SimpleGrid>
          <NumberField
            control={control}
            name="approveAbove"
            label={t('directory-sync.rules.approveAbove')}
            description={t('directory-sync.rules.approveAboveHint')}
            allowDecimal={false}
            maw="30rem"
          />
        </Stack>
      </Section>
    </Stack>
  )
}
