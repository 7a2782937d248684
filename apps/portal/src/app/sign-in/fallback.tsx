/** Who cannot use their second factor: a recovery code, or the answers to their security questions. */
import { Anchor, Button, Text, TextInput } from '@mantine/core'
import type { PortalSignInStep } from '@sallyport/contract/portal'
import { useState } from 'react'
import { t } from '../../lib/words.ts'
import { Form } from './form.tsx'
import type { GivenFallback } from './use-sign-in.ts'

export interface FallbackProps {
  readonly step: Extract<PortalSignInStep, { kind: 'fallback' }>
  readonly isBusy: boolean
  readonly onAnswer: (given: GivenFallback) => void
}

const typing = { autoCapitalize: 'none', autoComplete: 'off', spellCheck: false, size: 'md', required: true } as const

export function Fallback({ step: { recoveryCode, questions }, isBusy, onAnswer }: FallbackProps) {
  const [means, setMeans] = useState<GivenFallback['means']>(recoveryCode ? 'recovery-code' : 'security-questions')
  const [code, setCode] = useState('')
  const [answers, setAnswers] = useState(() => questions.map(() => ''))
  const byCode = means === 'recovery-code'
  return (
    <Form onSubmit={() => onAnswer(byCode ? { means, code } : { means, answers })}>
      <Text size="lg">{t(byCode ? 'sign-in.fallback.codeText' : 'sign-in.fallback.questionsText')}</Text>
      {byCode ? (
        <TextInput
          {...typing}
          label={t('sign-in.fallback.code')}
          description={t('sign-in.fallback.codeHint')}
          maxLength={64}
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      ) : (
        questions.map((question, index) => (
          <TextInput
            key={question}
            {...typing}
            label={question}
            maxLength={200}
            autoFocus={index === 0}
            value={answers[index] ?? ''}
            onChange={({ currentTarget: { value } }) =>
              setAnswers(answers.map((answer, at) => (at === index ? value : answer)))
            }
          />
        ))
      )}
      <Button type="submit" size="md" fullWidth loading={isBusy}>
        {t('sign-in.goOn')}
      </Button>
      {recoveryCode && questions.length > 0 && (
        <Anchor
          component="button"
          type="button"
          ta="center"
          onClick={() => setMeans(byCode ? 'security-questions' : 'recovery-code')}
        >
          {t(byCode ? 'sign-in.fallback.toQuestions' : 'sign-in.fallback.toCode')}
        </Anchor>
      )}
    </Form>
  )
}
