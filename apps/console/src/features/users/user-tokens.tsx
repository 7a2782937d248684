/** A user's tokens: what they have, add one, assign one that nobody has, take one back. */
import { Box, Button, Group, List, Menu, Text, ActionIcon } from '@mantine/core'
import { api, type TokenView, type UserView } from '@sallyport/contract'
import { ErrorPanel, notifyDone, notifyFailed, RelativeTime, Section } from '@sallyport/ui'
import { IconCheck, IconDots, IconPlus, IconUserMinus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { AddToken } from '../../lib/oath-tokens/add-token.tsx'
import { AssignSpareToken } from '../../lib/oath-tokens/assign-spare-token.tsx'
import { CodeNow, useShowsCodes } from '../../lib/oath-tokens/code-now.tsx'
import { useAssignToken } from '../../lib/oath-tokens/mutations.ts'
import { userTokensQuery } from '../../lib/oath-tokens/queries.ts'
import { TestCodeDialog } from '../../lib/oath-tokens/test-code-dialog.tsx'
import { tokenKind, tokenMake } from '../../lib/oath-tokens/token-words.ts'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'
import '../../lib/oath-tokens/page-words.ts'

type Dialog = { readonly kind: 'add' | 'assign' } | { readonly kind: 'test'; readonly token: TokenView }

export function UserTokens({ user }: { readonly user: UserView }) {
  const { data, error, refetch } = useQuery(userTokensQuery(user.id))
  const [dialog, setDialog] = useState<Dialog>()
  const close = () => setDialog(undefined)
  return (
    <Section
      title={t('users.ownTokens.title')}
      description={t('users.ownTokens.description')}
      action={
        <Group gap="xs">
          <GuardedButton needs={api.oathTokens.assign} variant="default" onClick={() => setDialog({ kind: 'assign' })}>
            {t('users.ownTokens.assign')}
          </GuardedButton>
          <GuardedButton
            needs={api.oathTokens.create}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setDialog({ kind: 'add' })}
          >
            {t('users.ownTokens.add')}
          </GuardedButton>
        </Group>
      }
    >
      {error !== null && data === undefined && (
        <ErrorPanel title={t('users.ownTokens.failed')} detail={problemText(error)} onRetry={() => void refetch()} />
      )}
      {data?.rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('users.ownTokens.none', { name: user.username })}
        </Text>
      )}
      <List listStyleType="none" spacing="sm" withPadding={false}>
        {data?.rows.map((token) => (
          <List.Item key={token.id} styles={{ itemWrapper: { display: 'block' }, itemLabel: { display: 'block' } }}>
            <OwnToken token={token} onTest={() => setDialog({ kind: 'test', token })} />
          </List.Item>
        ))}
      </List>
      {dialog?.kind === 'add' && <AddToken user={user} onClose={close} />}
      {dialog?.kind === 'assign' && <AssignSpareToken user={user} onClose={close} />}
      {dialog?.kind === 'test' && <TestCodeDialog token={dialog.token} onClose={close} />}
    </Section>
  )
}

function OwnToken({ token, onTest }: { readonly token: TokenView; readonly onTest: () => void }) {
  const assign = useAssignToken()
  const { may } = useMay(api.oathTokens.assign)
  const showsCodes = useShowsCodes()
  const serialNumber = token.serialNumber
  const unassign = () =>
    assign.mutate(
      { token, userId: null },
      {
        onSuccess: () => notifyDone(t('oath-tokens.unassign.done', { serialNumber })),
        onError: (error) => notifyFailed(t('oath-tokens.unassign.failed', { serialNumber }), problemText(error)),
      },
    )
  return (
    <Group justify="space-between" gap="sm" align="flex-start">
      <Box flex="1 1 14rem" miw={0}>
        <Text size="sm" fw={600} ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          {serialNumber}
        </Text>
        <Text size="sm" c="dimmed">
          {[tokenMake(token), tokenKind(token)].filter((part) => part !== '').join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('oath-tokens.column.lastUsedAt')}: <RelativeTime at={token.lastUsedAt} locale={language()} />
        </Text>
      </Box>
      <Group gap="xs">
        {showsCodes && <CodeNow id={token.id} stepSeconds={token.stepSeconds} />}
        {may && (
          <>
            <Button variant="default" size="xs" leftSection={<IconCheck size={14} aria-hidden />} onClick={onTest}>
              {t('oath-tokens.test.open')}
            </Button>
            <Menu position="bottom-end">
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
                <Menu.Item leftSection={<IconUserMinus size={16} aria-hidden />} onClick={unassign}>
                  {t('oath-tokens.unassign.open')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </Group>
    </Group>
  )
}
