/** The challenge as the device would show it, with a field for the answer. */
import { Box, Button, Group, Text } from '@mantine/core'
import { answerTestSignInInput, type TestSignInView } from '@sallyport/contract'
import { Notice, Section } from '@sallyport/ui'
import { useState } from 'react'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { TextField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import type { Test } from './test.ts'
import classes from './test-sign-in.module.css'
import './page-words.ts'

export function AnswerField({ view, test }: { readonly view: TestSignInView; readonly test: Test }) {
  const form = useSchemaForm(answerTestSignInInput, { answer: '' })
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (body) => {
    setProblem(undefined)
    try {
      await test.answer.mutateAsync({ of: view.id, body })
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  return (
    <Section title={t('test-sign-in.answer.title')} description={t('test-sign-in.answer.text')}>
      <Box className={classes['prompt'] ?? ''} mb="sm">
        {view.message ?? (
          <Text span c="dimmed" size="sm">
            {t('test-sign-in.answer.noMessage')}
          </Text>
        )}
      </Box>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Group align="flex-start" gap="sm">
          <TextField
            control={form.control}
            name="answer"
            label={t('test-sign-in.answer.label')}
            autoComplete="off"
            autoFocus
            flex="1 1 12rem"
            maw="18rem"
          />
          <Button type="submit" mt={25} loading={form.formState.isSubmitting}>
            {t('test-sign-in.answer.submit')}
          </Button>
        </Group>
      </form>
      {problem !== undefined && (
        <Box mt="sm">
          <Notice state="bad" title={problem} role="alert" />
        </Box>
      )}
    </Section>
  )
}
