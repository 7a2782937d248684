/** The filters of the report of VPN sessions. */
import { Box, Select } from '@mantine/core'
import { ClientChoice } from '../../lib/reports/client-choice.tsx'
import { FilterBar } from '../../lib/reports/filter-bar.tsx'
import { rangeOf } from '../../lib/reports/range.ts'
import { RangeFilter } from '../../lib/reports/range-filter.tsx'
import { SearchField } from '../../lib/search-field.tsx'
import { t } from '../../lib/words.ts'
import { filterCount, type VpnSessionsSearch } from './search.ts'
import { stateChoices } from './session-words.ts'
import './page-words.ts'

export interface FiltersProps {
  readonly search: VpnSessionsSearch
  readonly onChange: (changed: Partial<VpnSessionsSearch>) => void
}

const clear = {
  username: undefined,
  address: undefined,
  state: undefined,
  clientId: undefined,
  userId: undefined,
} as const

export function Filters({ search, onChange }: FiltersProps) {
  return (
    <FilterBar
      username={search.username}
      userId={search.userId}
      onChange={onChange}
      count={filterCount(search)}
      onClear={() => onChange(clear)}
      choices={<Choices search={search} onChange={onChange} />}
      below={
        search.view === 'all' &&
        rangeOf(search) === 'custom' && (
          <Box pt="xs">
            <RangeFilter.Exact search={search} onChange={onChange} />
          </Box>
        )
      }
    />
  )
}

function Choices({ search, onChange }: FiltersProps) {
  return (
    <>
      <SearchField
        label={t('vpn-sessions.filter.address')}
        placeholder={t('vpn-sessions.filter.addressPlaceholder')}
        value={search.address ?? ''}
        onChange={(address) => onChange({ address: address === '' ? undefined : address })}
      />
      {search.view === 'all' && (
        <>
          <RangeFilter.Preset search={search} onChange={onChange} />
          <Select
            aria-label={t('vpn-sessions.filter.state')}
            placeholder={t('vpn-sessions.filter.anyState')}
            w="10rem"
            clearable
            data={stateChoices()}
            value={search.state ?? null}
            onChange={(state) => onChange({ state: state ?? undefined })}
          />
        </>
      )}
      <ClientChoice clientId={search.clientId} onChange={(clientId) => onChange({ clientId })} />
    </>
  )
}
