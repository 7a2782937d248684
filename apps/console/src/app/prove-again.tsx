/** The dialog that asks over a page who it is, before something that touches secrets or roles is done. */
import { Modal } from '@mantine/core'
import { Suspense, useSyncExternalStore } from 'react'
import { lazyPart } from '../lib/lazy-page.ts'
import { proofGate } from '../lib/session-gate.ts'
import { t } from '../lib/words.ts'

const ProofForm = lazyPart(async () => (await import('../features/sign-in/proof-form.tsx')).ProofForm)

export function ProveAgain() {
  const asking = useSyncExternalStore(proofGate.subscribe, proofGate.isAsking)
  return (
    <Modal
      opened={asking}
      onClose={() => proofGate.settle(false)}
      title={t('sign-in.proof')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      zIndex={1000}
    >
      <Suspense>
        <ProofForm onDone={proofGate.settle} />
      </Suspense>
    </Modal>
  )
}
