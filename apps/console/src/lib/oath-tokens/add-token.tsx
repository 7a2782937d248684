/** The dialog *Add token*: a new secret to scan, or the secret of a token that exists; then what is shown once. */
import { createTokenInput, type CreatedToken } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone, RadioCards } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../forms.ts'
import { UserSelect, type ChosenUser } from '../users/user-select.tsx'
import { t } from '../words.ts'
import { Enrolment } from './enrolment.tsx'
import { useCreateToken } from './mutations.ts'
import { ExistingTokenFields, NewTokenFields } from './token-fields.tsx'
import './page-words.ts'

const ways = ['new', 'existing'] as const
type Way = (typeof ways)[number]

export interface AddTokenProps {
  /** Whose token it becomes; absent: chosen in the dialog. */
  readonly user?: ChosenUser
  readonly onClose: () => void
}

export function AddToken({ user: givenUser, onClose }: AddTokenProps) {
  const [way, setWay] = useState<Way>('new')
  const [user, setUser] = useState<ChosenUser | null>(givenUser ?? null)
  const [created, setCreated] = useState<CreatedToken>()
  const [problem, setProblem] = useState<string>()
  const create = useCreateToken()
  const form = useSchemaForm(createTokenInput, {
    serialNumber: '',
    algorithm: 'SHA-1',
    digits: 6,
    stepSeconds: 30,
    manufacturer: '',
    model: '',
    type: 'totp',
    counter: 0,
    notBefore: null,
    userId: givenUser?.id ?? null,
  })
  const chooseWay = (chosen: string) => {
    setWay(ways.find((known) => known === chosen) ?? 'new')
    setProblem(undefined)
    // With a secret of its own a token is an existing one: an empty text asks for it, absence lets the server draw one.
    form.setValue('secret', chosen === 'existing' ? '' : undefined)
    form.clearErrors()
  }
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      const answer = await create.mutateAsync(values)
      notifyDone(t('oath-tokens.add.done', { serialNumber: answer.token.serialNumber }))
      setCreated(answer)
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  if (created !== undefined) return <Enrolment created={created} onClose={onClose} />
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={
        givenUser === undefined
          ? t('oath-tokens.add.title')
          : t('oath-tokens.add.titleFor', { name: givenUser.username })
      }
      submitLabel={t(way === 'new' ? 'oath-tokens.add.submitNew' : 'oath-tokens.add.submit')}
      onSubmit={(event) => void submit(event)}
      pending={form.formState.isSubmitting}
      dirty={form.formState.isDirty}
    >
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <RadioCards
        label={t('oath-tokens.add.way')}
        value={way}
        onChange={chooseWay}
        autoFocus
        choices={ways.map((value) => ({
          value,
          label: t(`oath-tokens.add.${value}`),
          description: t(`oath-tokens.add.${value}Text`),
        }))}
      />
      {givenUser === undefined && (
        <UserSelect
          label={t('oath-tokens.add.user')}
          description={t('oath-tokens.add.userHint')}
          value={user}
          error={form.formState.errors.userId?.message ?? null}
          onChange={(chosen) => {
            setUser(chosen)
            form.setValue('userId', chosen?.id ?? null, { shouldDirty: true })
          }}
        />
      )}
      {way === 'new' ? <NewTokenFields form={form} /> : <ExistingTokenFields form={form} />}
    </FormDialog>
  )
}
