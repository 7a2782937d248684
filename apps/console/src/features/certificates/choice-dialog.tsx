/** The frame of the dialogs that choose a certificate: what went wrong above, the fields below, saved over what was seen. */
import type { ListenerCertificateView } from '@sallyport/contract'
import { FormDialog, notifyDone } from '@sallyport/ui'
import type { ReactNode } from 'react'
import type { Control, FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export interface ChoiceProps {
  /** As it stands now: it follows the list. */
  readonly listener: ListenerCertificateView
  readonly onClose: () => void
}

interface ChoiceDialogProps<Values extends FieldValues, Parsed> extends ChoiceProps {
  readonly how: 'paste' | 'files' | 'self'
  readonly schema: z.ZodType<Parsed, Values>
  readonly valuesOf: (listener: ListenerCertificateView) => Values
  readonly save: (
    values: Parsed & Pick<ListenerCertificateView, 'listener' | 'version'>,
  ) => Promise<ListenerCertificateView>
  /** It can be sent as it stands. */
  readonly isReady?: boolean
  readonly children: (control: Control<Values, unknown, Parsed>) => ReactNode
}

export function ChoiceDialog<Values extends FieldValues, Parsed>(props: ChoiceDialogProps<Values, Parsed>) {
  const { listener: current, onClose, how, schema, valuesOf, save: choose, isReady = false, children } = props
  const name = t(`certificates.listener.${current.listener}`)
  const { form, notices, save } = useVersionedForm({
    ...{ schema, current, valuesOf },
    save: (values, { listener, version }) => choose({ ...values, listener, version }),
    onSaved: () => {
      notifyDone(t('certificates.saved', { name }))
      onClose()
    },
  })
  const { isDirty, isSubmitting } = form.formState
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(`certificates.${how}.title`, { name })}
      submitLabel={t(`certificates.${how}.submit`)}
      onSubmit={(event) => void save(event)}
      pending={isSubmitting}
      dirty={isDirty}
      submitDisabled={!isDirty && !isReady}
    >
      <VersionedNotices of={notices} />
      {children(form.control)}
    </FormDialog>
  )
}
