/** The dialog that is open over one's second factors, if any. */
import { portalApi, type OwnFactors, type OwnToken } from '@sallyport/contract/portal'
import { ConfirmDialog, notifyDone } from '@sallyport/ui'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import type { Course } from '../course/use-course.ts'
import { AddHardwareToken } from './add-hardware-token.tsx'
import { AddMobileApp } from './add-mobile-app.tsx'
import { AddSoftwareToken } from './add-software-token.tsx'
import { RenameDevice } from './rename-device.tsx'
import { Resynchronise } from './resynchronise.tsx'

export type Open =
  | { readonly kind: 'mobile-app' | 'software-token' | 'hardware-token' }
  | { readonly kind: 'resynchronise'; readonly token: OwnToken }
  | { readonly kind: 'rename'; readonly id: string; readonly name: string }
  | { readonly kind: 'remove'; readonly what: 'token' | 'device'; readonly id: string; readonly name: string }

export interface FactorDialogsProps {
  readonly open: Open
  readonly course: Course<OwnFactors>
  readonly onClose: () => void
  /** It is over, and what went wrong is still to be said. */
  readonly onOver: () => void
}

export function FactorDialogs({ open, course, onClose, onOver }: FactorDialogsProps) {
  const added = () => {
    notifyDone(t('factors.added'))
    onClose()
  }
  switch (open.kind) {
    case 'mobile-app':
      return <AddMobileApp course={course} onClose={onClose} onAdded={added} />
    case 'software-token':
      return <AddSoftwareToken course={course} onClose={onClose} onAdded={added} />
    case 'hardware-token':
      return <AddHardwareToken course={course} onClose={onClose} onAdded={added} />
    case 'resynchronise':
      return <Resynchronise token={open.token} course={course} onClose={onClose} />
    case 'rename':
      return <RenameDevice id={open.id} before={open.name} course={course} onClose={onClose} />
    case 'remove':
      return <RemoveFactor open={open} course={course} onClose={onClose} onOver={onOver} />
  }
}

function RemoveFactor({
  open: { what, id, name },
  course,
  onClose,
  onOver,
}: FactorDialogsProps & { readonly open: Extract<Open, { kind: 'remove' }> }) {
  const endpoint = what === 'token' ? portalApi.factors.removeToken : portalApi.factors.removeDevice
  const remove = async () => {
    if (await course.change(() => call(endpoint, { body: { id } }))) notifyDone(t('factors.removed'))
    onOver()
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('factors.remove.title', { name })}
      confirmLabel={t('factors.remove.open')}
      pending={course.isBusy}
      onConfirm={() => void remove()}
    >
      {t('factors.remove.text')}
    </ConfirmDialog>
  )
}
