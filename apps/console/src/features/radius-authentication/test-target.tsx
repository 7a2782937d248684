/** Tries one name and password against the saved target and shows each step in words. */
import { Box, Button, Group, Text } from '@mantine/core'
import { testTargetInput } from '@sallyport/contract'
import { Notice, TestSteps } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { testStepViews } from '../../lib/test-step-views.ts'
import { SecretField, TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { useTestTarget } from './mutations.ts'
import './page-words.ts'

export function TestTarget() {
  const form = useSchemaForm(testTargetInput, { username: '', password: '' })
  const test = useTestTarget()
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
    <Box>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Text size="sm" c="dimmed" mb="xs">
          {t('radius-authentication.test.text')}
        </Text>
        <Group align="flex-start" gap="sm">
          <TextField
            control={control}
            name="username"
            label={t('radius-authentication.test.username')}
            autoComplete="off"
            flex="1 1 12rem"
            maw="18rem"
          />
          <Box flex="1 1 12rem" maw="18rem">
            <SecretField
              control={control}
              name="password"
              label={t('radius-authentication.test.password')}
              autoComplete="off"
            />
          </Box>
          <Button type="submit" variant="default" mt={25} loading={formState.isSubmitting}>
            {t('radius-authentication.test.submit')}
          </Button>
        </Group>
      </form>
      <Box mt="md" aria-live="polite">
        {problem !== undefined && <Notice state="bad" title={problem} />}
        {problem === undefined && test.data !== undefined && !formState.isSubmitting && (
          <>
            <Notice
              state={test.data.ok ? 'good' : 'bad'}
              title={t(`radius-authentication.test.${test.data.ok ? 'right' : 'wrong'}`)}
            />
            <Box mt="sm">
              <TestSteps steps={testStepViews(test.data)} />
            </Box>
          </>
        )}
      </Box>
    </Box>
  )
}
