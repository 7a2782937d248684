/** The dialog *Test a code*. */
import { Modal } from '@mantine/core'
import type { TokenView } from '@sallyport/contract'
import { t } from '../words.ts'
import { TestCodeForm } from './test-code-form.tsx'
import './page-words.ts'

export function TestCodeDialog({ token, onClose }: { readonly token: TokenView; readonly onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('oath-tokens.test.title', { serialNumber: token.serialNumber })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <TestCodeForm token={token} focused />
    </Modal>
  )
}
