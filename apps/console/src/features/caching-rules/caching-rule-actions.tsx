/** What can be done with one caching rule in the list: moved up or down, and removed. */
import { Group } from '@mantine/core'
import type { CacheRuleView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { RowButton } from '../../lib/row-button.tsx'
import { t } from '../../lib/words.ts'
import { useMoveCachingRule, useRemoveCachingRule } from './caching-rule-data.ts'
import './page-words.ts'

export interface CachingRuleActionsProps {
  readonly rule: CacheRuleView
  /** From 1. */
  readonly place: number
  readonly isLast: boolean
  readonly onRemove: () => void
}

export function CachingRuleActions({ rule, place, isLast, onRemove }: CachingRuleActionsProps) {
  const move = useMoveCachingRule()
  const go = (direction: 'up' | 'down') => () =>
    move.mutate(
      { id: rule.id, direction },
      { onError: (error) => notifyFailed(t('caching-rules.notMoved', { place }), problemText(error)) },
    )
  const button = (key: 'up' | 'down' | 'remove', icon: ReactNode, press: () => void, disabled = false) => (
    <RowButton label={t(`caching-rules.${key}`, { place })} icon={icon} onPress={press} disabled={disabled} />
  )
  return (
    <Group gap={2} wrap="nowrap">
      {button('up', <IconArrowUp size={17} aria-hidden />, go('up'), place === 1 || move.isPending)}
      {button('down', <IconArrowDown size={17} aria-hidden />, go('down'), isLast || move.isPending)}
      {button('remove', <IconTrash size={17} aria-hidden />, onRemove)}
    </Group>
  )
}

export interface RemoveCachingRuleProps {
  readonly rule: CacheRuleView
  readonly place: number
  readonly onClose: () => void
}

export function RemoveCachingRule({ rule, place, onClose }: RemoveCachingRuleProps) {
  const remove = useRemoveCachingRule()
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('caching-rules.removal.title', { place })}
      confirmLabel={t('caching-rules.removal.confirm')}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(rule, {
          onSuccess: () => notifyDone(t('caching-rules.removal.done')),
          onError: (error) => notifyFailed(t('caching-rules.removal.failed'), problemText(error)),
          onSettled: onClose,
        })
      }
    >
      {t('caching-rules.removal.text')}
    </ConfirmDialog>
  )
}
