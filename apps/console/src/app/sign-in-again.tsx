/** The dialog that opens over a page whose session has ended, so that nothing typed is lost. */
import { Button, Modal, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense, useSyncExternalStore } from 'react'
import { lazyPart } from '../lib/lazy-page.ts'
import { sessionGate } from '../lib/session-gate.ts'
import { sessionQuery } from '../lib/session.ts'
import { t } from '../lib/words.ts'

const SignInForm = lazyPart(async () => (await import('../features/sign-in/sign-in-form.tsx')).SignInForm)

export function SignInAgain() {
  const asking = useSyncExternalStore(sessionGate.subscribe, sessionGate.isAsking)
  const queryClient = useQueryClient()
  const username = queryClient.getQueryData(sessionQuery.queryKey)?.administrator.username
  return (
    <Modal
      opened={asking}
      onClose={() => sessionGate.settle(false)}
      title={t('sign-in.again')}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      zIndex={1000}
    >
      <Stack>
        <Text size="sm">{t('sign-in.againText')}</Text>
        <Suspense>
          <SignInForm username={username} onSignedIn={() => sessionGate.settle(true)} />
        </Suspense>
        <Button
          variant="subtle"
          onClick={() => {
            sessionGate.settle(false)
            window.location.assign('/sign-in')
          }}
        >
          {t('sign-in.leave')}
        </Button>
      </Stack>
    </Modal>
  )
}
