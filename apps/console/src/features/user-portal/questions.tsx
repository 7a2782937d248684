/** Which security questions people choose from, by language, and how many they answer. */
import { Button, Group, NumberInput, Stack } from '@mantine/core'
import { portalFallbackSettings, type PortalFallbackSettings } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { sentence, t } from '../../lib/words.ts'
import { QuestionLists, type QuestionList } from './question-lists.tsx'
import './page-words.ts'

type Counts = Pick<PortalFallbackSettings, 'questionsToSet' | 'questionsToAnswer' | 'answerLength'>

export interface QuestionsProps {
  readonly settings: PortalFallbackSettings
  readonly disabled: boolean
  readonly onSave: (changed: Partial<PortalFallbackSettings>) => void
}

const counts = ['questionsToSet', 'questionsToAnswer', 'answerLength'] as const

export function Questions({ settings, disabled, onSave }: QuestionsProps) {
  const [numbers, setNumbers] = useState<Counts>(settings)
  const [lists, setLists] = useState<readonly QuestionList[]>(() =>
    Object.entries(settings.questions).map(([tag, questions]) => ({ tag, text: questions.join('\n') })),
  )
  const [problems, setProblems] = useState<Problems>({})
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { questionsToSet, questionsToAnswer, answerLength } = numbers
    const questions = Object.fromEntries(lists.map(({ tag, text }) => [tag, linesOf(text)]))
    const changed = { questionsToSet, questionsToAnswer, answerLength, questions }
    const checked = portalFallbackSettings.safeParse({ ...settings, ...changed })
    setProblems(checked.success ? {} : problemsOf(checked.error.issues))
    if (checked.success) onSave(changed)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Group align="flex-end" gap="md">
          {counts.map((name) => (
            <NumberInput
              key={name}
              label={t(`user-portal.fallback.${name}`)}
              w="12rem"
              min={2}
              max={20}
              allowDecimal={false}
              value={numbers[name]}
              error={problems[name]}
              disabled={disabled}
              onChange={(value) => setNumbers({ ...numbers, [name]: Number(value) })}
            />
          ))}
        </Group>
        <QuestionLists lists={lists} problems={problems} disabled={disabled} onChange={setLists} />
        {problems['questions'] !== undefined && <Notice state="bad" role="alert" title={problems['questions']} />}
        <Group>
          <Button type="submit" variant="default" disabled={disabled}>
            {t('user-portal.fallback.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What is wrong, by field; of a list, by its language. */
type Problems = Readonly<Record<string, string>>

function problemsOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): Problems {
  const found = issues.map(({ path: [field, language], message }) => [String(language ?? field), sentence(message)])
  // The first of a field is what has to be mended first.
  return Object.fromEntries(found.toReversed()) as Problems
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
