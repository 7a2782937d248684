/** Tries one RADIUS server, with a name and a password or without, and shows each step in words. */
import { Box } from '@mantine/core'
import { testRadiusServerInput, type RadiusServerView } from '@sallyport/contract'
import { FormDialog, Notice, TestSteps } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { testStepViews } from '../../lib/test-step-views.ts'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { radiusServerName, useTestServer } from './radius-server-data.ts'
import './page-words.ts'

export interface TestRadiusServerProps {
  readonly server: RadiusServerView
  readonly onClose: () => void
}

export function TestRadiusServer({ server, onClose }: TestRadiusServerProps) {
  const name = radiusServerName(server)
  const form = useSchemaForm(testRadiusServerInput, { username: '', password: '' })
  const test = useTestServer(server.id)
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined)
    try {
      await test.mutateAsync(values)
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  const { control, formState } = form
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('radius-servers.testing.title', { name })}
      submitLabel={t('radius-servers.testing.submit')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
    >
      {t('radius-servers.testing.text')}
      <TextField control={control} name="username" label={t('radius-servers.testing.username')} autoComplete="off" />
      <SecretField control={control} name="password" label={t('radius-servers.testing.password')} autoComplete="off" />
      <Box aria-live="polite">
        {problem !== undefined && <Notice state="bad" title={problem} />}
        {problem === undefined && test.data !== undefined && !formState.isSubmitting && (
          <>
            <Notice
              state={test.data.ok ? 'good' : 'bad'}
              title={t(`radius-servers.testing.${test.data.ok ? 'good' : 'bad'}`, { name })}
            />
            <Box mt="sm">
              <TestSteps steps={testStepViews(test.data)} />
            </Box>
          </>
        )}
      </Box>
    </FormDialog>
  )
}
