/** The lists of security questions, one a language: written, added and removed. */
import { Box, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState } from 'react'
import { allLanguages, languageName } from '../../lib/language-names.ts'
import { RowButton } from '../../lib/row-button.tsx'
import { language as shownLanguage, t } from '../../lib/words.ts'
import './page-words.ts'

export interface QuestionList {
  /** Of the language. */
  readonly tag: string
  /** One question a line. */
  readonly text: string
}

export interface QuestionListsProps {
  readonly lists: readonly QuestionList[]
  /** What is wrong, by language. */
  readonly problems: Readonly<Record<string, string>>
  readonly disabled: boolean
  readonly onChange: (lists: readonly QuestionList[]) => void
}

const languagesAtMost = 20

export function QuestionLists({ lists, problems, disabled, onChange }: QuestionListsProps) {
  const [added, setAdded] = useState<string>()
  const add = (tag: string | null) => {
    if (tag === null) return
    setAdded(tag)
    onChange([...lists, { tag, text: '' }])
  }
  const others = allLanguages(shownLanguage()).filter(({ tag }) => lists.every((list) => list.tag !== tag))
  return (
    <Stack gap="md">
      {lists.map((list, at) => (
        <OneList
          key={list.tag}
          list={list}
          problem={problems[list.tag]}
          disabled={disabled}
          isNew={added === list.tag}
          onChange={(text) => onChange(lists.with(at, { ...list, text }))}
          {...(lists.length > 1 && { onRemove: () => onChange(lists.filter((each) => each !== list)) })}
        />
      ))}
      {lists.length < languagesAtMost && (
        <Select
          label={t('user-portal.fallback.add')}
          description={t('user-portal.fallback.add-hint')}
          maw="22rem"
          searchable
          value={null}
          data={others.map(({ tag, name }) => ({ value: tag, label: name }))}
          limit={50}
          nothingFoundMessage={t('user-portal.fallback.add-none')}
          disabled={disabled}
          onChange={add}
        />
      )}
    </Stack>
  )
}

interface OneListProps {
  readonly list: QuestionList
  readonly problem: string | undefined
  readonly disabled: boolean
  /** Added just now: to be written next. */
  readonly isNew: boolean
  readonly onChange: (text: string) => void
  /** The last one stays. */
  readonly onRemove?: () => void
}

function OneList({ list: { tag, text }, problem, disabled, isNew, onChange, onRemove }: OneListProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (isNew) field.current?.focus()
  }, [isNew])
  const language = languageName(tag, shownLanguage())
  return (
    <Box>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text component="label" htmlFor={id} size="sm" fw={500}>
          {t('user-portal.fallback.list', { language })}
        </Text>
        {onRemove !== undefined && (
          <RowButton
            label={t('user-portal.fallback.remove', { language })}
            icon={<IconTrash size={16} />}
            disabled={disabled}
            onPress={onRemove}
          />
        )}
      </Group>
      <Textarea
        ref={field}
        id={id}
        description={t('user-portal.fallback.list-hint')}
        lang={tag}
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        error={problem}
        disabled={disabled}
        onChange={({ currentTarget: { value } }) => onChange(value)}
      />
    </Box>
  )
}
