/** A user's fields, saved on demand; somebody else's save in between loses nothing. */
import { Button, Group, Stack } from '@mantine/core'
import { api, createUserInput, mappedFields, type CreateUserInput, type UserView } from '@sallyport/contract'
import { Notice, notifyDone, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, call } from '../../lib/api.ts'
import { ChangedMeanwhile } from '../../lib/changed-meanwhile.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { queryRoots } from '../../lib/query-keys.ts'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { t } from '../../lib/words.ts'
import { useChangeUser } from './mutations.ts'
import { UserFields } from './user-fields.tsx'
import './page-words.ts'

export function UserDetails({ user }: { readonly user: UserView }) {
  const { may, reason } = useMay(api.users.change)
  const owned = useOwnedFields(user)
  const form = useSchemaForm(createUserInput, fieldsOf(user))
  const [base, setBase] = useState(user)
  const [problem, setProblem] = useState<string>()
  const change = useChangeUser()
  const { isDirty, isSubmitting } = form.formState
  const [conflict, setConflict] = useState(false)
  const start = (from: UserView) => {
    setBase(from)
    setConflict(false)
    setProblem(undefined)
    form.reset(fieldsOf(from))
  }
  // A save that touched none of these fields (the switch, an unlock) is no conflict; with nothing typed, none is.
  if (user.version !== base.version && !isSubmitting && !conflict) {
    if (sameFields(user, base)) setBase(user)
    else if (!isDirty) start(user)
  }
  const save = (over: UserView) =>
    form.handleSubmit(async (values) => {
      setProblem(undefined)
      setConflict(false)
      try {
        const saved = await change.mutateAsync({
          ...values,
          id: user.id,
          enabled: user.enabled,
          version: over.version,
        })
        start(saved)
        notifyDone(t('users.details.saved', { name: saved.username }))
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
        else setProblem(applyProblem(form, error))
      }
    })
  return (
    <Section title={t('users.details.title')}>
      <form onSubmit={(event) => void save(base)(event)} noValidate>
        <Stack>
          {reason !== undefined && <Notice state="neutral" title={reason} />}
          {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
          {conflict && (
            <ChangedMeanwhile
              form={form}
              theirs={fieldsOf(user)}
              onTakeTheirs={() => start(user)}
              onSaveMine={() => void save(user)()}
            />
          )}
          {user.directory !== null && (
            <Notice state="neutral" title={t('users.details.fromDirectory')}>
              {user.directory.dn}
            </Notice>
          )}
          <UserFields control={form.control} readOnly={!may} owned={owned} />
          {may && (
            <Group justify="flex-end">
              {isDirty && (
                <Button variant="default" onClick={() => start(user)}>
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
