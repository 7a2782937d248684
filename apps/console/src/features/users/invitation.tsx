/** A mail with a link by which a user sets up a second factor: sends it, and shows what became of the last one. */
import { Group, Stack, Text } from '@mantine/core'
import { api, type InvitationView, type UserView } from '@sallyport/contract'
import { notifyDone, notifyFailed, RelativeTime } from '@sallyport/ui'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

const invitationQuery = (id: string) =>
  queryOptions({
    queryKey: [queryRoots.users, 'invitation', id],
    queryFn: ({ signal }) => call(api.invitations.read, { params: { id } }, { signal }),
    // It is on its way for seconds; somebody who waits for it sees it go.
    refetchInterval: ({ state: { data } }) => (data?.invitation?.state === 'waiting' ? 3_000 : false),
  })

/** Nothing where what became of the last one did not come. */
export function Invitation({ user: { id, username: name } }: { readonly user: UserView }) {
  const queryClient = useQueryClient()
  const { data } = useQuery(invitationQuery(id))
  const send = useMutation({
    mutationFn: () => call(api.invitations.send, { params: { id } }),
    onSuccess: () => notifyDone(t('users.invitation.done', { name })),
    onError: (error) => notifyFailed(t('users.invitation.failed'), problemText(error)),
    onSettled: () =>
      Promise.all(
        [queryRoots.users, queryRoots.changes].map((root) => queryClient.invalidateQueries({ queryKey: [root] })),
      ),
  })
  if (data === undefined) return null
  const { invitation, hindrance } = data
  const button = invitation === null ? 'send' : 'again'
  return (
    <Group justify="space-between" align="flex-start">
      <Stack gap={4} flex="1 1 16rem" miw={0}>
        <Text size="sm">{t('users.invitation.about')}</Text>
        {invitation !== null && <Last invitation={invitation} />}
        {hindrance !== null && hindrance !== 'under-way' && (
          <Text size="sm" c="dimmed">
            {t(`users.invitation.hindrance.${hindrance}`)}
          </Text>
        )}
      </Stack>
      <GuardedButton
        needs={api.invitations.send}
        variant="default"
        loading={send.isPending}
        disabled={hindrance !== null}
        onClick={() => send.mutate()}
      >
        {t(`users.invitation.${button}`)}
      </GuardedButton>
    </Group>
  )
}

function Last({ invitation }: { readonly invitation: NonNullable<InvitationView['invitation']> }) {
  const { state, invitedBy, createdAt, address, sentAt, problem } = invitation
  return (
    <Text size="sm" role="status" style={{ overflowWrap: 'anywhere' }}>
      {t(`users.invitation.state.${state}`, { address, by: invitedBy })}{' '}
      <RelativeTime at={sentAt ?? createdAt} locale={language()} />
      {state === 'withdrawn' && problem !== null && <>. {reasonOf(problem)}</>}
      {(state === 'failed' || state === 'waiting') && problem !== null && <>. {problem}</>}
    </Text>
  )
}

const withdrawn = ['disabled', 'blocked', 'has-factor', 'no-address'] as const

function reasonOf(problem: string): string {
  const known = withdrawn.find((each) => each === problem)
  return known === undefined ? t('users.invitation.newerLink') : t(`users.invitation.hindrance.${known}`)
}
