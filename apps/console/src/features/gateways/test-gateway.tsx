/** Sends a real message through one gateway, and shows what the gateway said. */
import { Box, Text } from '@mantine/core'
import { testGatewayInput, type GatewayView } from '@sallyport/contract'
import { FormDialog, Notice, TestSteps } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { testStepViews } from '../../lib/test-step-views.ts'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useTestGateway } from './gateway-data.ts'
import './gateway-words.ts'

export interface TestGatewayProps {
  readonly gateway: GatewayView
  readonly onClose: () => void
}

export function TestGateway({ gateway, onClose }: TestGatewayProps) {
  const { name, kind } = gateway
  const form = useSchemaForm(testGatewayInput, { to: '' })
  const test = useTestGateway(gateway.id)
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await test.mutateAsync(values)
    } catch (error) {
      test.reset()
      setProblem(applyProblem(form, error))
    }
  })
  const { control, formState } = form
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('gateways.testing.title', { name })}
      submitLabel={t('gateways.testing.submit')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
    >
      <Text size="sm">{t('gateways.testing.text')}</Text>
      <TextField
        control={control}
        name="to"
        label={t(kind === 'mail' ? 'gateways.testing.mail' : 'gateways.testing.phone')}
        description={kind === 'mail' ? undefined : t('gateways.testing.phoneHint')}
        type={kind === 'mail' ? 'email' : 'tel'}
        autoComplete="off"
        required
        data-autofocus
      />
      <Box aria-live="polite">
        {problem !== undefined && <Notice state="bad" title={problem} />}
        {problem === undefined && test.data !== undefined && !formState.isSubmitting && (
          <>
            <Notice
              state={test.data.ok ? 'good' : 'bad'}
              title={t(`gateways.testing.${test.data.ok ? 'good' : 'bad'}`, { name })}
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
