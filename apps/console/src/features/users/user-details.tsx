/** A user's fields, saved on demand; somebody else's save in between loses nothing. */
import { Button, Group, Stack } from '@mantine/core'
import { api, createUserInput, mappedFields, type CreateUserInput, type UserView } from '@sallyport/contract'
import { Notice, notifyDone, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { useChangeUser } from './mutations.ts'
import { UserFields } from './user-fields.tsx'
import './page-words.ts'

export function UserDetails({ user }: { readonly user: UserView }) {
  const { may, reason } = useMay(api.users.change)
  const owned = useOwnedFields(user)
  const change = useChangeUser()
  const { form, notices, save, reset } = useVersionedForm({
    ...{ schema: createUserInput, current: user, valuesOf: fieldsOf },
    // The switch and an unlock are saved beside this form.
    isSame: sameFields,
    save: (values, { version }) => change.mutateAsync({ ...values, id: user.id, enabled: user.enabled, version }),
    onSaved: (saved) => notifyDone(t('users.details.saved', { name: saved.username })),
  })
  const { isDirty, isSubmitting } = form.formState
  return (
    <Section title={t('users.details.title')}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack>
          <VersionedNotices of={notices} reason={reason} />
          {user.directory !== null && (
            <Notice state="neutral" title={t('users.details.fromDirectory')}>
              {user.directory.dn}
            </Notice>
          )}
          <UserFields control={form.control} readOnly={!may} owned={owned} />
          {may && (
            <Group justify="flex-end">
              {isDirty && (
                <Button variant="default" onClick={reset}>
                  {t('users.details.discard')}
                </Button>
              )}
              <Button type="submit" loading={isSubmitting} disabled={!isDirty}>
                {t('users.details.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      <UnsavedGuard when={isDirty && !isSubmitting} />
    </Section>
  )
}

/** The fields that the directory says of this user; the server refuses a change of them here. */
function useOwnedFields({ directory }: UserView): readonly string[] {
  const { data } = useQuery({
    queryKey: [queryRoots.directory, 'sync'],
    queryFn: ({ signal }) => call(api.directorySync.readSettings, {}, { signal }),
    enabled: directory !== null,
  })
  return directory === null || data === undefined ? [] : mappedFields.filter((field) => data.mapping[field].length > 0)
}

function fieldsOf({ username, firstName, lastName, email, description, enabled }: UserView): CreateUserInput {
  return { username, firstName, lastName, email, description, enabled }
}

function sameFields(one: UserView, other: UserView): boolean {
  const names = ['username', 'firstName', 'lastName', 'email', 'description'] as const
  return names.every((name) => one[name] === other[name])
}
