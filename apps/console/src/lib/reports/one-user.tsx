/** Says that a report is about one user, and lets go of that. */
import { CloseButton, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { userQuery } from '../users/queries.ts'
import { t } from '../words.ts'
import './page-words.ts'

export function OneUser({ id, onRemove }: { readonly id: string; readonly onRemove: () => void }) {
  const { data } = useQuery(userQuery(id))
  return (
    <Group gap={4} pt="xs">
      <Text size="sm">
        {data === undefined ? t('reports.filter.ofOneUser') : t('reports.filter.ofUser', { user: data.username })}
      </Text>
      <CloseButton size="sm" aria-label={t('reports.filter.removeUser')} onClick={onRemove} />
    </Group>
  )
}
