/** The dialog *Add RADIUS Client*, which is also the one that edits. */
import { api, type RadiusClientView } from '@sallyport/contract'
import { FoldedSection, FormDialog, notifyDone } from '@sallyport/ui'
import { useMay } from '../../lib/session.ts'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { ClientFields } from './client-fields.tsx'
import { clientName } from '../../lib/client-name.ts'
import { Learned } from './learned.tsx'
import { useClientForm, type SavedClient } from './use-client-form.ts'
import './page-words.ts'

export type { SavedClient } from './use-client-form.ts'

export interface ClientDialogProps {
  /** Undefined: a new one. */
  readonly client: RadiusClientView | undefined
  readonly onClose: () => void
  readonly onSaved: (saved: SavedClient) => void
}

export function ClientDialog({ client, onClose, onSaved }: ClientDialogProps) {
  const { may, reason } = useMay(api.radius.createClient)
  const { form, notices, isNew, save } = useClientForm(client, (saved) => {
    notifyDone(t(`radius-authentication.client.${saved.isNew ? 'added' : 'saved'}`, { name: clientName(saved.client) }))
    onSaved(saved)
  })
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={
        client === undefined
          ? t('radius-authentication.client.addTitle')
          : t('radius-authentication.client.editTitle', { name: clientName(client) })
      }
      submitLabel={t(`radius-authentication.client.${isNew ? 'add' : 'save'}`)}
      onSubmit={(event) => void save(event)}
      pending={form.formState.isSubmitting}
      dirty={form.formState.isDirty}
      submitDisabled={!may}
    >
      <VersionedNotices of={notices} reason={reason} />
      <ClientFields form={form} isNew={isNew} readOnly={!may} />
      {client !== undefined && (
        <FoldedSection title={t('radius-authentication.learned.title')} hint={t('radius-authentication.learned.text')}>
          <Learned client={client} />
        </FoldedSection>
      )}
    </FormDialog>
  )
}
