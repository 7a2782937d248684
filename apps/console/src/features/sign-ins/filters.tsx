/** The filters of the sign-in report; where it is narrow, all but the user's name are folded away. */
import { Box, Button, CloseButton, Collapse, Group, Select, Text } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { signInReason, signInResult } from '@sallyport/contract'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { radiusClientsQuery } from '../../lib/radius-clients.ts'
import { SearchField } from '../../lib/search-field.tsx'
import { reasonTitle, resultText } from '../../lib/sign-ins/sign-in-words.ts'
import { userQuery } from '../../lib/users/queries.ts'
import { t } from '../../lib/words.ts'
import { RangeFilter } from './range-filter.tsx'
import { filterCount, rangeOf, type SignInsSearch } from './search.ts'

export interface FiltersProps {
  readonly search: SignInsSearch
  readonly onChange: (changed: Partial<SignInsSearch>) => void
}

export function Filters({ search, onChange }: FiltersProps) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const [opened, { toggle }] = useDisclosure(false)
  const count = filterCount(search)
  const clear = {
    username: undefined,
    result: undefined,
    reason: undefined,
    clientId: undefined,
    userId: undefined,
  } as const
  return (
    <Box role="search" aria-label={t('sign-ins.filter.show')}>
      <Group gap="xs">
        <SearchField
          label={t('sign-ins.filter.username')}
          placeholder={t('sign-ins.filter.usernamePlaceholder')}
          value={search.username ?? ''}
          onChange={(username) => onChange({ username: username === '' ? undefined : username })}
        />
        {narrow ? (
          <Button
            variant="default"
            onClick={toggle}
            aria-expanded={opened}
            leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          >
            {count === 0 ? t('sign-ins.filter.show') : t('sign-ins.filter.showActive', { count })}
          </Button>
        ) : (
          <Choices search={search} onChange={onChange} />
        )}
        {count > 0 && (
          <Button variant="subtle" px="xs" onClick={() => onChange(clear)}>
            {t('lists.clearFilters')}
          </Button>
        )}
      </Group>
      {narrow && (
        <Collapse expanded={opened}>
          <Group gap="xs" pt="xs" grow preventGrowOverflow={false}>
            <Choices search={search} onChange={onChange} />
          </Group>
        </Collapse>
      )}
      {rangeOf(search) === 'custom' && <Box pt="xs">{<RangeFilter.Exact search={search} onChange={onChange} />}</Box>}
      {search.userId !== undefined && <OneUser id={search.userId} onRemove={() => onChange({ userId: undefined })} />}
    </Box>
  )
}

function Choices({ search, onChange }: FiltersProps) {
  const clients = useQuery(radiusClientsQuery)
  return (
    <>
      <RangeFilter.Preset search={search} onChange={onChange} />
      <Select
        aria-label={t('sign-ins.filter.result')}
        placeholder={t('sign-ins.filter.anyResult')}
        w="10rem"
        clearable
        data={signInResult.options.map((value) => ({ value, label: resultText(value) }))}
        value={search.result ?? null}
        onChange={(result) => onChange({ result: result ?? undefined })}
      />
      <Select
        aria-label={t('sign-ins.filter.reason')}
        placeholder={t('sign-ins.filter.anyReason')}
        w="12.5rem"
        clearable
        searchable
        data={signInReason.options.map((value) => ({ value, label: reasonTitle(value) }))}
        value={search.reason ?? null}
        onChange={(reason) => onChange({ reason: reason ?? undefined })}
      />
      <Select
        aria-label={t('sign-ins.filter.client')}
        placeholder={t('sign-ins.filter.anyClient')}
        w="11rem"
        clearable
        searchable
        data={(clients.data?.rows ?? []).map((client) => ({
          value: client.id,
          label: client.applicationName === '' ? client.address : client.applicationName,
        }))}
        value={search.clientId ?? null}
        onChange={(clientId) => onChange({ clientId: clientId ?? undefined })}
      />
    </>
  )
}

function OneUser({ id, onRemove }: { readonly id: string; readonly onRemove: () => void }) {
  const { data } = useQuery(userQuery(id))
  return (
    <Group gap={4} pt="xs">
      <Text size="sm">
        {data === undefined ? t('sign-ins.filter.ofOneUser') : t('sign-ins.filter.ofUser', { user: data.username })}
      </Text>
      <CloseButton size="sm" aria-label={t('sign-ins.filter.removeUser')} onClick={onRemove} />
    </Group>
  )
}
