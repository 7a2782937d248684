/** The filters of the sign-in report. */
import { Box, Select } from '@mantine/core'
import { signInReason, signInResult } from '@sallyport/contract'
import { ClientChoice } from '../../lib/reports/client-choice.tsx'
import { FactorChoice } from '../../lib/reports/factor-choice.tsx'
import { FilterBar } from '../../lib/reports/filter-bar.tsx'
import { rangeOf } from '../../lib/reports/range.ts'
import { RangeFilter } from '../../lib/reports/range-filter.tsx'
import { reasonTitle, resultText } from '../../lib/sign-ins/sign-in-words.ts'
import { t } from '../../lib/words.ts'
import { filterCount, type SignInsSearch } from './search.ts'
import '../../lib/sign-ins/page-words.ts'

export interface FiltersProps {
  readonly search: SignInsSearch
  readonly onChange: (changed: Partial<SignInsSearch>) => void
}

const clear = {
  username: undefined,
  result: undefined,
  reason: undefined,
  factor: undefined,
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
      <FactorChoice factor={search.factor} onChange={(factor) => onChange({ factor })} />
      <ClientChoice clientId={search.clientId} onChange={(clientId) => onChange({ clientId })} />
    </>
  )
}
