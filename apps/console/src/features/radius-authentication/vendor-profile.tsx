/** The field *Device*: what it suggests for each setting and why, and what to set on the device itself. */
import { Anchor, Box, Button, Code, Group, Paper, Select, Stack, Text } from '@mantine/core'
import { vendorProfileId, type VendorProfile as Profile } from '@sallyport/contract'
import type { UseFormReturn } from 'react-hook-form'
import { t } from '../../lib/words.ts'
import type { ClientFormInput, ClientFormValues } from './client-form-schema.ts'
import type { SuggestedField } from './profile-values.ts'
import { useVendorProfile, type Suggestion } from './use-vendor-profile.ts'
import './vendor-profile-words.ts'

export interface VendorProfileProps {
  readonly form: UseFormReturn<ClientFormInput, unknown, ClientFormValues>
  readonly readOnly: boolean
}

export function VendorProfile({ form, readOnly }: VendorProfileProps) {
  const { id, profile, suggestions, choose, put } = useVendorProfile(form)
  return (
    <Stack gap="xs">
      <Select
        label={t('vendor-profiles.label')}
        description={t('vendor-profiles.hint')}
        data={vendorProfileId.options.map((value) => ({ value, label: t(`vendor-profiles.profile.${value}.name`) }))}
        value={id}
        onChange={(value) => {
          const chosen = vendorProfileId.safeParse(value)
          if (chosen.success) choose(chosen.data)
        }}
        allowDeselect={false}
        searchable
        disabled={readOnly}
      />
      {id !== 'other' && (
        <Paper withBorder p="sm" bg="var(--ui-sunken)">
          <Stack gap="sm">
            {suggestions.map((suggestion) => (
              <SuggestionRow
                key={suggestion.field}
                suggestion={suggestion}
                why={t(`vendor-profiles.profile.${id}.${suggestion.field}`)}
                {...(!readOnly && { onPut: put })}
              />
            ))}
            <OnTheDevice profile={profile} />
          </Stack>
        </Paper>
      )}
    </Stack>
  )
}

interface SuggestionRowProps {
  readonly suggestion: Suggestion
  readonly why: string
  readonly onPut?: (field: SuggestedField, value: unknown) => void
}

function SuggestionRow({ suggestion, why, onPut }: SuggestionRowProps) {
  const { field, suggested, present, before } = suggestion
  const followed = present === suggested
  const value = valueText(field, suggested)
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <Box flex="1 1 16rem" miw={0}>
        <Text size="sm">
          {t(`vendor-profiles.field.${field}`)}: <b>{value}</b>
          {!followed && ` (${t('vendor-profiles.yours', { value: valueText(field, present) })})`}
          {followed && before !== undefined && ` (${t('vendor-profiles.was', { value: valueText(field, before) })})`}
        </Text>
        <Text size="xs" c="dimmed">
          {why}
        </Text>
      </Box>
      {onPut !== undefined && !followed && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onPut(field, suggested)}
          aria-label={t('vendor-profiles.useNamed', { field: t(`vendor-profiles.field.${field}`), value })}
        >
          {t('vendor-profiles.use')}
        </Button>
      )}
      {onPut !== undefined && followed && before !== undefined && (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => onPut(field, before)}
          aria-label={t('vendor-profiles.backNamed', { field: t(`vendor-profiles.field.${field}`) })}
        >
          {t('vendor-profiles.back')}
        </Button>
      )}
    </Group>
  )
}

function OnTheDevice({ profile }: { readonly profile: Profile }) {
  return (
    <Box>
      <Text size="sm" mb={4}>
        {t('vendor-profiles.onDevice')}
      </Text>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {profile.deviceSettings.join('\n')}
      </Code>
      <Text size="xs" c="dimmed" mt={4}>
        {t('vendor-profiles.sources')}{' '}
        {profile.sources.map((source, index) => (
          <span key={source}>
            {index > 0 && ', '}
            <Anchor href={source} target="_blank" rel="noreferrer" size="xs" underline="always">
              {new URL(source).hostname}
            </Anchor>
          </span>
        ))}
      </Text>
    </Box>
  )
}

function valueText(field: SuggestedField, value: unknown): string {
  if (field === 'deviceTimeoutSeconds') return t('vendor-profiles.seconds', { count: Number(value) || 0 })
  if (field === 'canBeChallenged') return t(value === true ? 'lists.yes' : 'lists.no')
  return t(`vendor-profiles.value.${String(value)}`)
}
