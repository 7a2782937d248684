/** Which users are listed: by name, state, method, and what stands for or against them. */
import { Select } from '@mantine/core'
import {
  factorKind,
  userSource,
  userStanding,
  type FactorKind,
  type UserSource,
  type UserStanding,
} from '@sallyport/contract'
import { SearchField } from '../../lib/search-field.tsx'
import { StateFilter } from '../../lib/state-filter.tsx'
import { t } from '../../lib/words.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

interface UserFilterChoice {
  readonly search: string | undefined
  readonly state: 'enabled' | 'disabled' | undefined
  readonly method: FactorKind | undefined
  readonly standing: UserStanding | undefined
  readonly source: UserSource | undefined
}

export interface UserFiltersProps extends UserFilterChoice {
  readonly onChange: (changes: Partial<UserFilterChoice>) => void
}

export function UserFilters({ search, state, method, standing, source, onChange }: UserFiltersProps) {
  return (
    <>
      <SearchField
        label={t('users.search')}
        placeholder={t('users.searchPlaceholder')}
        value={search ?? ''}
        onChange={(text) => onChange({ search: text || undefined })}
      />
      <StateFilter
        label={t('users.filter')}
        choices={[
          { value: 'enabled', label: t('users.state.enabled') },
          { value: 'disabled', label: t('users.state.disabled') },
        ]}
        value={state}
        onChange={(chosen) => onChange({ state: chosen })}
      />
      <Select
        aria-label={t('users.method.label')}
        placeholder={t('users.method.any')}
        clearable
        w="11rem"
        data={factorKind.options.map((value) => ({ value, label: t(`sign-ins.factor.${value}`) }))}
        value={method ?? null}
        onChange={(chosen) => onChange({ method: factorKind.options.find((value) => value === chosen) })}
      />
      <Select
        aria-label={t('users.whose.label')}
        placeholder={t('users.whose.any')}
        clearable
        w="13rem"
        data={userStanding.options.map((value) => ({ value, label: t(`users.whose.${value}`) }))}
        value={standing ?? null}
        onChange={(chosen) => onChange({ standing: userStanding.options.find((value) => value === chosen) })}
      />
      <Select
        aria-label={t('users.source.label')}
        placeholder={t('users.source.any')}
        clearable
        w="11rem"
        data={userSource.options.map((value) => ({ value, label: t(`users.source.${value}`) }))}
        value={source ?? null}
        onChange={(chosen) => onChange({ source: userSource.options.find((value) => value === chosen) })}
      />
    </>
  )
}
