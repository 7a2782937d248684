/** Asks who changes something to sign in once more, where their proof is too old. */
import { Modal, Stack, Text } from '@mantine/core'
import { t } from '../../lib/words.ts'
import { useHome } from '../home/home-context.ts'
import { SignIn } from '../sign-in/sign-in.tsx'
import type { Course } from './use-course.ts'

export interface ProofDialogProps {
  readonly course: Pick<Course<unknown>, 'needsProof' | 'proven'>
}

export function ProofDialog({ course }: ProofDialogProps) {
  const { session, onSession } = useHome()
  const mayChange = session.kind === 'full'
  return (
    <Modal
      opened={course.needsProof}
      onClose={course.proven}
      title={t('course.proof.title')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <Stack>
        <Text>{t(mayChange ? 'course.proof.text' : 'course.proof.linkOver')}</Text>
        {mayChange && (
          <SignIn
            linkToken={null}
            onSignedIn={(proven) => {
              onSession(proven)
              course.proven()
            }}
          />
        )}
      </Stack>
    </Modal>
  )
}
