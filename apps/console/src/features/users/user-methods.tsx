/** How a user is asked for a second factor, saved on demand; somebody else's save in between loses nothing. */
import { Button, Group, Stack } from '@mantine/core'
import { api, type UserFactors, type UserStandingView, type UserView } from '@sallyport/contract'
import { Notice, notifyDone, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { ChangedMeanwhile } from '../../lib/changed-meanwhile.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
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
  const form = useSchemaForm(methodsSchema, standing.factors)
  const [base, setBase] = useState(standing)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const change = useChangeFactors(user.id)
  const { isDirty, isSubmitting } = form.formState
  const start = (from: UserStandingView) => {
    setBase(from)
    setConflict(false)
    setProblem(undefined)
    form.reset(from.factors)
  }
  // A save that touched none of these fields (a block, the details) is no conflict; with nothing typed, none is.
  if (standing.version !== base.version && !isSubmitting && !conflict) {
    if (sameFactors(standing.factors, base.factors)) setBase(standing)
    else if (!isDirty) start(standing)
  }
  const save = (over: UserStandingView) =>
    form.handleSubmit(async (values) => {
      setProblem(undefined)
      setConflict(false)
      try {
        start(await change.mutateAsync({ ...values, version: over.version }))
        notifyDone(t('user-factors.methods.saved', { name: user.username }))
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
        else setProblem(applyProblem(form, error))
      }
    })
  return (
    <Section title={t('user-factors.methods.title')} description={t('user-factors.methods.description')}>
      <form onSubmit={(event) => void save(base)(event)} noValidate>
        <Stack>
          {reason !== undefined && <Notice state="neutral" title={reason} />}
          {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
          {conflict && (
            <ChangedMeanwhile
              form={form}
              theirs={standing.factors}
              onTakeTheirs={() => start(standing)}
              onSaveMine={() => void save(standing)()}
            />
          )}
          <MethodFields control={form.control} readOnly={!may} />
          {may && (
            <Group justify="flex-end">
              {isDirty && (
                <Button variant="default" onClick={() => start(standing)}>
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
