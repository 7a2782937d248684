/** How a user is asked for a second factor, saved on demand; somebody else's save in between loses nothing. */
import { Button, Group, Stack } from '@mantine/core'
import { api, type UserFactors, type UserStandingView, type UserView } from '@sallyport/contract'
import { notifyDone, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { MethodFields, methodsSchema } from './method-fields.tsx'
import { useChangeFactors } from './mutations.ts'
import { standingQuery } from './standing-query.ts'
import './page-words.ts'

/** Nothing where what stands for the user did not come: the section about that says so, and asks again. */
export function UserMethods({ user }: { readonly user: UserView }) {
  const { data } = useQuery(standingQuery(user.id))
  return data === undefined ? null : <Methods user={user} standing={data} />
}

interface MethodsProps {
  readonly user: UserView
  readonly standing: UserStandingView
}

function Methods({ user, standing }: MethodsProps) {
  const { may, reason } = useMay(api.people.changeFactors)
  const change = useChangeFactors(user.id)
  const { form, notices, save, reset } = useVersionedForm({
    ...{ schema: methodsSchema, current: standing },
    valuesOf: ({ factors }) => factors,
    // A block and the details are saved beside this form.
    isSame: (one, other) => sameFactors(one.factors, other.factors),
    save: (values, { version }) => change.mutateAsync({ ...values, version }),
    onSaved: () => notifyDone(t('user-factors.methods.saved', { name: user.username })),
  })
  const { isDirty, isSubmitting } = form.formState
  return (
    <Section title={t('user-factors.methods.title')} description={t('user-factors.methods.description')}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack>
          <VersionedNotices of={notices} reason={reason} />
          <MethodFields control={form.control} readOnly={!may} />
          {may && (
            <Group justify="flex-end">
              {isDirty && (
                <Button variant="default" onClick={reset}>
                  {t('user-factors.methods.discard')}
                </Button>
              )}
              <Button type="submit" loading={isSubmitting} disabled={!isDirty}>
                {t('user-factors.methods.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      <UnsavedGuard when={isDirty && !isSubmitting} />
    </Section>
  )
}

function sameFactors(one: UserFactors, other: UserFactors): boolean {
  return (Object.keys(one) as (keyof UserFactors)[]).every((name) => String(one[name]) === String(other[name]))
}
