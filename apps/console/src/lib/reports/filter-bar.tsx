/** The filters of a report: the user's name, and what else there is; where it is narrow, the rest is folded away. */
import { Box, Button, Collapse, Group } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { SearchField } from '../search-field.tsx'
import { t } from '../words.ts'
import { OneUser } from './one-user.tsx'
import './page-words.ts'

export interface FilterBarProps {
  readonly username: string | undefined
  /** The one user that the report is about. */
  readonly userId: string | undefined
  readonly onChange: (changed: { username: string | undefined } | { userId: undefined }) => void
  /** How many filters are set. */
  readonly count: number
  readonly onClear: () => void
  readonly choices: ReactNode
  /** Stands below, wide or narrow. */
  readonly below?: ReactNode
}

export function FilterBar({ username, userId, onChange, count, onClear, choices, below }: FilterBarProps) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const [opened, { toggle }] = useDisclosure(false)
  return (
    <Box role="search" aria-label={t('reports.filter.show')}>
      <Group gap="xs">
        <SearchField
          label={t('reports.filter.username')}
          placeholder={t('reports.filter.usernamePlaceholder')}
          value={username ?? ''}
          onChange={(typed) => onChange({ username: typed === '' ? undefined : typed })}
        />
        {narrow ? (
          <Button
            variant="default"
            onClick={toggle}
            aria-expanded={opened}
            leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          >
            {count === 0 ? t('reports.filter.show') : t('reports.filter.showActive', { count })}
          </Button>
        ) : (
          choices
        )}
        {count > 0 && (
          <Button variant="subtle" px="xs" onClick={onClear}>
            {t('lists.clearFilters')}
          </Button>
        )}
      </Group>
      {narrow && (
        <Collapse expanded={opened}>
          <Group gap="xs" pt="xs" grow preventGrowOverflow={false}>
            {choices}
          </Group>
        </Collapse>
      )}
      {below}
      {userId !== undefined && <OneUser id={userId} onRemove={() => onChange({ userId: undefined })} />}
    </Box>
  )
}
