/** Choosing security questions and answering them. */
import { NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { portalApi, type OwnRecovery } from '@sallyport/contract/portal'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { wantedLanguages } from '@sallyport/ui/reader-language'
import { useState, type SubmitEvent } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import type { Course } from '../course/use-course.ts'
import { questionsFor } from './questions-for.ts'

export interface SetQuestionsProps {
  readonly course: Course<OwnRecovery>
  readonly rules: OwnRecovery['securityQuestions']
  readonly onClose: () => void
}

export function SetQuestions({ course, rules, onClose }: SetQuestionsProps) {
  const { toSet, toAnswer, answerLength } = rules
  const list = questionsFor(rules.questions, wantedLanguages())
  const [chosen, setChosen] = useState(() => list.slice(0, toSet).map((question) => ({ question, answer: '' })))
  const put = (at: number, changed: Partial<(typeof chosen)[number]>) =>
    setChosen(chosen.map((each, index) => (index === at ? { ...each, ...changed } : each)))
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void course
      .change(() => call(portalApi.recovery.setQuestions, { body: { answers: chosen } }))
      .then((done) => {
        if (!done) return
        notifyDone(t('recovery.questions.saved'))
        onClose()
      })
  }
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t('recovery.questions.dialog')}
      submitLabel={t('recovery.questions.submit')}
      onSubmit={submit}
      pending={course.isBusy}
      dirty={chosen.some(({ answer }) => answer !== '')}
      submitDisabled={chosen.some(({ answer }) => answer.trim() === '')}
    >
      <Text>{t('recovery.questions.about', { toSet, toAnswer, length: answerLength })}</Text>
      {course.failure !== null && <Notice state="bad" role="alert" title={course.failure} />}
      {chosen.map(({ question, answer }, at) => (
        <Stack key={at} gap={4}>
          <NativeSelect
            aria-label={t('recovery.questions.question', { number: at + 1 })}
            data={list.filter((each) => each === question || !chosen.some((other) => other.question === each))}
            value={question}
            size="md"
            onChange={({ currentTarget: { value } }) => put(at, { question: value })}
          />
          {/* A narrow select cuts it off. */}
          <Text size="sm" hiddenFrom="xs">
            {question}
          </Text>
          <TextInput
            aria-label={t('recovery.questions.answer', { number: at + 1 })}
            placeholder={t('recovery.questions.placeholder')}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            size="md"
            value={answer}
            onChange={({ currentTarget: { value } }) => put(at, { answer: value })}
          />
        </Stack>
      ))}
    </FormDialog>
  )
}
