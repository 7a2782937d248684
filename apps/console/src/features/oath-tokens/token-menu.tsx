/** What can be done with a token, at the end of its row. */
import { ActionIcon, Menu } from '@mantine/core'
import type { TokenView } from '@sallyport/contract'
import { notifyDone, notifyFailed } from '@sallyport/ui'
import { IconCheck, IconClockCheck, IconDots, IconTrash, IconUserMinus, IconUserPlus } from '@tabler/icons-react'
import { useAssignToken } from '../../lib/oath-tokens/mutations.ts'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import '../../lib/oath-tokens/page-words.ts'

/** What opens a dialog. */
export type TokenAct = 'test' | 'resynchronise' | 'assign' | 'remove'

export function TokenMenu({ token, onAct }: { readonly token: TokenView; readonly onAct: (act: TokenAct) => void }) {
  const assign = useAssignToken()
  const { serialNumber, user } = token
  const unassign = () =>
    assign.mutate(
      { token, userId: null },
      {
        onSuccess: () => notifyDone(t('oath-tokens.unassign.done', { serialNumber })),
        onError: (error) => notifyFailed(t('oath-tokens.unassign.failed', { serialNumber }), problemText(error)),
      },
    )
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={assign.isPending}
          aria-label={t('oath-tokens.actions', { serialNumber })}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} onClick={() => onAct('test')}>
          {t('oath-tokens.test.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconClockCheck size={16} aria-hidden />} onClick={() => onAct('resynchronise')}>
          {t('oath-tokens.resynchronise.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => onAct('assign')}>
          {t(user === null ? 'oath-tokens.assign.open' : 'oath-tokens.assign.reopen')}
        </Menu.Item>
        {user !== null && (
          <Menu.Item leftSection={<IconUserMinus size={16} aria-hidden />} onClick={unassign}>
            {t('oath-tokens.unassign.open')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          c="var(--mantine-color-error)"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => onAct('remove')}
        >
          {t('oath-tokens.remove.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
