/** The filters of the report of usage: the time, the user, the RADIUS client, the method and the result. */
import { Box, Button, Group, Select } from '@mantine/core'
import { endedResult, usageWho } from '@sallyport/contract'
import { useQuery } from '@tanstack/react-query'
import { ClientChoice } from '../../lib/reports/client-choice.tsx'
import { FactorChoice } from '../../lib/reports/factor-choice.tsx'
import { rangeOf } from '../../lib/reports/range.ts'
import { RangeFilter } from '../../lib/reports/range-filter.tsx'
import { SearchField } from '../../lib/search-field.tsx'
import { resultText } from '../../lib/sign-ins/sign-in-words.ts'
import { userQuery } from '../../lib/users/queries.ts'
import { UserSelect } from '../../lib/users/user-select.tsx'
import { t } from '../../lib/words.ts'
import { filterCount, type UsageSearch } from './search.ts'
import '../../lib/reports/page-words.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

export interface UsageFiltersProps {
  readonly search: UsageSearch
  readonly onChange: (changed: Partial<UsageSearch>) => void
}

const clear = {
  ...{ clientId: undefined, factor: undefined, result: undefined },
  ...{ userId: undefined, username: undefined, who: undefined },
} as const

export function UsageFilters({ search, onChange }: UsageFiltersProps) {
  return (
    <Box role="search" aria-label={t('reports.filter.show')}>
      <Group gap="xs">
        {search.by === 'user' ? (
          <SearchField
            label={t('reports.filter.username')}
            placeholder={t('reports.filter.usernamePlaceholder')}
            value={search.username ?? ''}
            onChange={(typed) => onChange({ username: typed === '' ? undefined : typed })}
          />
        ) : (
          <UserChoice userId={search.userId} onChange={(userId) => onChange({ userId })} />
        )}
        <RangeFilter.Preset search={search} onChange={onChange} />
        <ClientChoice clientId={search.clientId} onChange={(clientId) => onChange({ clientId })} />
        <FactorChoice factor={search.factor} onChange={(factor) => onChange({ factor })} />
        <Select
          aria-label={t('sign-ins.filter.result')}
          placeholder={t('sign-ins.filter.anyResult')}
          w="10rem"
          clearable
          data={endedResult.options.map((value) => ({ value, label: resultText(value) }))}
          value={search.result ?? null}
          onChange={(result) => onChange({ result: result ?? undefined })}
        />
        {search.by === 'user' && (
          <Select
            aria-label={t('usage.who.label')}
            w="13rem"
            allowDeselect={false}
            data={usageWho.options.map((value) => ({ value, label: t(`usage.who.${value}`) }))}
            value={search.who ?? 'active'}
            onChange={(who) => onChange({ who: who === null || who === 'active' ? undefined : who })}
          />
        )}
        {filterCount(search) > 0 && (
          <Button variant="subtle" px="xs" onClick={() => onChange(clear)}>
            {t('lists.clearFilters')}
          </Button>
        )}
      </Group>
      {rangeOf(search) === 'custom' && (
        <Box pt="xs">
          <RangeFilter.Exact search={search} onChange={onChange} />
        </Box>
      )}
    </Box>
  )
}

function UserChoice({
  userId,
  onChange,
}: {
  readonly userId: string | undefined
  readonly onChange: (userId: string | undefined) => void
}) {
  const { data } = useQuery({ ...userQuery(userId ?? ''), enabled: userId !== undefined })
  const chosen = userId === undefined ? null : { id: userId, username: data?.username ?? t('reports.filter.ofOneUser') }
  return (
    <UserSelect
      label={t('reports.filter.username')}
      labelHidden
      value={chosen}
      onChange={(user) => onChange(user?.id)}
    />
  )
}
