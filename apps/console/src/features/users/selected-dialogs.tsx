/** The dialogs of many users at once: a block for all of them, and what they are asked with. */
import { Checkbox, MultiSelect, Stack, Text, TextInput } from '@mantine/core'
import { factorKind, type BeginUserBatchInput, type FactorKind } from '@sallyport/contract'
import { FormDialog } from '@sallyport/ui'
import { useState } from 'react'
import { t } from '../../lib/words.ts'
import { BlockFields, blockUntil } from './block-fields.tsx'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

type Changes = Extract<BeginUserBatchInput['act'], { kind: 'change' }>['changes']

interface SelectedDialogProps {
  /** How many they are, as a number and in writing. */
  readonly values: { readonly count: number; readonly formatted: string }
  readonly pending: boolean
  readonly onChange: (changes: Changes) => void
  readonly onClose: () => void
}

export function BlockSelected({ values, pending, onChange, onClose }: SelectedDialogProps) {
  const [reason, setReason] = useState('')
  const [days, setDays] = useState('90')
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('user-batches.blockTitle', values)}
      submitLabel={t('users.standing.block')}
      pending={pending}
      dirty={reason !== ''}
      submitDisabled={reason.trim() === ''}
      onSubmit={(event) => {
        event.preventDefault()
        onChange({ block: { reason, until: blockUntil(days) } })
      }}
    >
      <Text size="sm">{t('user-batches.blockText')}</Text>
      <BlockFields reason={reason} onReason={setReason} days={days} onDays={setDays} />
    </FormDialog>
  )
}

export function EditSelected({ values, pending, onChange, onClose }: SelectedDialogProps) {
  const [methods, setMethods] = useState<FactorKind[]>()
  const [language, setLanguage] = useState<string>()
  const fits = language === undefined || /^([a-z]{2}(-[A-Z]{2})?)?$/.test(language)
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('user-batches.editTitle', values)}
      submitLabel={t('user-batches.editSubmit')}
      pending={pending}
      dirty={methods !== undefined || language !== undefined}
      submitDisabled={(methods === undefined && language === undefined) || !fits}
      onSubmit={(event) => {
        event.preventDefault()
        onChange({ ...(methods && { factorMethods: methods }), ...(language !== undefined && { language }) })
      }}
    >
      <Text size="sm">{t('user-batches.editText')}</Text>
      <Stack gap="xs">
        <Checkbox
          label={t('user-batches.changeMethods')}
          checked={methods !== undefined}
          onChange={(event) => setMethods(event.currentTarget.checked ? [] : undefined)}
        />
        {methods !== undefined && (
          <MultiSelect
            label={t('user-factors.methods.order')}
            description={t('user-factors.methods.orderHint')}
            placeholder={methods.length === 0 ? t('user-factors.company') : ''}
            data={factorKind.options.map((value) => ({ value, label: t(`sign-ins.factor.${value}`) }))}
            value={methods}
            onChange={(chosen) => setMethods(chosen.map((value) => factorKind.parse(value)))}
          />
        )}
        <Checkbox
          label={t('user-batches.changeLanguage')}
          checked={language !== undefined}
          onChange={(event) => setLanguage(event.currentTarget.checked ? '' : undefined)}
        />
        {language !== undefined && (
          <TextInput
            label={t('user-factors.methods.language')}
            description={t('user-factors.methods.languageHint')}
            placeholder={t('user-factors.company')}
            error={fits ? null : t('user-batches.languageWrong')}
            spellCheck={false}
            autoCapitalize="none"
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
        )}
      </Stack>
    </FormDialog>
  )
}
