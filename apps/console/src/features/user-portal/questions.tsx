/** Which security questions people choose from, by language, and how many they answer. */
import { Button, Group, NumberInput, Stack, Textarea } from '@mantine/core'
import { portalFallbackSettings, type PortalFallbackSettings } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { useState, type SubmitEvent } from 'react'
import { language as shownLanguage, t } from '../../lib/words.ts'
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
  const [lists, setLists] = useState(() =>
    Object.entries(settings.questions).map(([tag, questions]) => ({ tag, text: questions.join('\n') })),
  )
  const [problem, setProblem] = useState<string>()
  const names = new Intl.DisplayNames([shownLanguage()], { type: 'language' })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { questionsToSet, questionsToAnswer, answerLength } = numbers
    const questions = Object.fromEntries(lists.map(({ tag, text }) => [tag, linesOf(text)]))
    const changed = { questionsToSet, questionsToAnswer, answerLength, questions }
    const checked = portalFallbackSettings.safeParse({ ...settings, ...changed })
    setProblem(checked.success ? undefined : checked.error.issues[0]?.message)
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
              disabled={disabled}
              onChange={(value) => setNumbers({ ...numbers, [name]: Number(value) })}
            />
          ))}
        </Group>
        {lists.map(({ tag, text }, at) => (
          <Textarea
            key={tag}
            label={t('user-portal.fallback.list', { language: names.of(tag) ?? tag })}
            description={t('user-portal.fallback.list-hint')}
            lang={tag}
            autosize
            minRows={3}
            maxRows={12}
            value={text}
            disabled={disabled}
            onChange={({ currentTarget: { value } }) =>
              setLists(lists.map((each, index) => (index === at ? { tag, text: value } : each)))
            }
          />
        ))}
        {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
        <Group>
          <Button type="submit" variant="default" disabled={disabled}>
            {t('user-portal.fallback.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
