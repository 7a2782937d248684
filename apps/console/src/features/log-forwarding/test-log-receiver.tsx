/** Sends one message to a receiver, and shows what came of it. */
import { Box, Text } from '@mantine/core'
import type { LogReceiverView } from '@sallyport/contract'
import { FormDialog, Notice, TestSteps } from '@sallyport/ui'
import { problemText } from '../../lib/problem-text.ts'
import { testStepViews } from '../../lib/test-step-views.ts'
import { t } from '../../lib/words.ts'
import { useTestLogReceiver } from './log-receiver-data.ts'
import './page-words.ts'

export interface TestLogReceiverProps {
  readonly receiver: LogReceiverView
  readonly onClose: () => void
}

export function TestLogReceiver({ receiver: { id, name }, onClose }: TestLogReceiverProps) {
  const test = useTestLogReceiver(id)
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('log-forwarding.testing.title', { name })}
      submitLabel={t('log-forwarding.testing.submit')}
      onSubmit={(event) => {
        event.preventDefault()
        test.mutate()
      }}
      pending={test.isPending}
    >
      <Text size="sm">{t('log-forwarding.testing.text')}</Text>
      <Box aria-live="polite">
        {test.error !== null && <Notice state="bad" title={problemText(test.error)} />}
        {test.data !== undefined && (
          <>
            <Notice
              state={test.data.ok ? 'good' : 'bad'}
              title={t(`log-forwarding.testing.${test.data.ok ? 'good' : 'bad'}`, { name })}
            />
            <Box mt="sm" style={{ overflowWrap: 'anywhere' }}>
              <TestSteps steps={testStepViews(test.data)} />
            </Box>
          </>
        )}
      </Box>
    </FormDialog>
  )
}
