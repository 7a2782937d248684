/** A link that lets a user in to the portal once, to set up a second factor; shown once. */
import { Text } from '@mantine/core'
import { api, type EndpointResponse, type UserView } from '@sallyport/contract'
import { CopyText, notifyFailed, RelativeTime, Section } from '@sallyport/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { ShownOnce } from '../../lib/shown-once.tsx'
import { language, t } from '../../lib/words.ts'
import { Invitation } from './invitation.tsx'
import './page-words.ts'

type Link = EndpointResponse<typeof api.portalAdministration.createLink>

/** Makes a link on demand; `shown` is the dialog of the one that was made, while it is looked at. */
export function useEnrolmentLink({ id, username }: Pick<UserView, 'id' | 'username'>) {
  const [link, setLink] = useState<Link>()
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: () => call(api.portalAdministration.createLink, { params: { id } }),
    onSuccess: setLink,
    onError: (error) => notifyFailed(t('users.enrolmentLink.failed'), problemText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [queryRoots.changes] }),
  })
  const shown = link !== undefined && (
    <ShownOnce
      title={t('users.enrolmentLink.dialog', { name: username })}
      once={t('users.enrolmentLink.once')}
      onceText={t('users.enrolmentLink.onceText', { name: username })}
      doneLabel={t('users.enrolmentLink.done')}
      onClose={() => setLink(undefined)}
    >
      <CopyText value={link.url} />
      <Text size="sm" c="dimmed">
        {t('users.enrolmentLink.until')} <RelativeTime at={link.expiresAt} locale={language()} />
      </Text>
    </ShownOnce>
  )
  return { make: () => create.mutate(), isPending: create.isPending, shown }
}

export function EnrolmentLink({ user }: { readonly user: UserView }) {
  const { make, isPending, shown } = useEnrolmentLink(user)
  return (
    <Section
      title={t('users.enrolmentLink.title')}
      description={t('users.enrolmentLink.description')}
      action={
        <GuardedButton needs={api.portalAdministration.createLink} variant="default" loading={isPending} onClick={make}>
          {t('users.enrolmentLink.create')}
        </GuardedButton>
      }
    >
      <Invitation user={user} />
      {!user.enabled && (
        <Text size="sm" c="dimmed">
          {t('users.enrolmentLink.disabled')}
        </Text>
      )}
      {shown}
    </Section>
  )
}
