/** The containers and groups that people come from, in the order in which they are asked. */
import { ActionIcon, Button, Group, Input, Stack, Text, Tooltip } from '@mantine/core'
import type { SyncItem } from '@sallyport/contract'
import { EmptyState, Section } from '@sallyport/ui'
import {
  IconArrowDown,
  IconArrowUp,
  IconFolder,
  IconPencil,
  IconPlus,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useFieldArray } from 'react-hook-form'
import { t } from '../../lib/words.ts'
import { SyncItemDialog } from './sync-item-dialog.tsx'
import type { SyncForm } from './use-sync-form.ts'
import './sync-words.ts'
import './page-words.ts'

interface SyncItemsProps {
  readonly form: SyncForm
  readonly may: boolean
}

export function SyncItems({ form, may }: SyncItemsProps) {
  const { control, formState } = form
  const { fields, append, update, remove, move } = useFieldArray({ control, name: 'items', keyName: 'key' })
  /** Which one is open; -1: a new one. */
  const [open, setOpen] = useState<number>()
  const take = (item: SyncItem) => {
    if (open === undefined || open < 0) append(item)
    else update(open, item)
    setOpen(undefined)
  }
  const errors = formState.errors.items
  return (
    <Section
      title={t('directory-sync.items.title')}
      description={t('directory-sync.items.text')}
      action={
        may && (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen(-1)}>
            {t('directory-sync.items.add')}
          </Button>
        )
      }
    >
      {fields.length === 0 && (
        <EmptyState icon={<IconFolder size={34} stroke={1.4} />} title={t('directory-sync.items.empty')}>
          {t('directory-sync.items.emptyText')}
        </EmptyState>
      )}
      <Stack gap="xs" role="list" aria-label={t('directory-sync.items.title')}>
        {fields.map((item, place) => (
          <Group key={item.key} role="listitem" wrap="nowrap" gap="sm" justify="space-between">
            <Group gap="sm" wrap="nowrap" miw={0}>
              {item.kind === 'group' ? (
                <IconUsersGroup size={18} style={{ flexShrink: 0 }} aria-hidden />
              ) : (
                <IconFolder size={18} style={{ flexShrink: 0 }} aria-hidden />
              )}
              <Stack gap={0} miw={0}>
                <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                  {item.dn}
                </Text>
                <Text size="xs" c="dimmed">
                  {[t(`directory-sync.items.${item.kind}`), ...defaultsText(item)].join(' · ')}
                </Text>
                {errors?.[place]?.dn?.message !== undefined && (
                  <Input.Error role="alert">{errors[place].dn.message}</Input.Error>
                )}
              </Stack>
            </Group>
            {may && (
              <Group gap={2} wrap="nowrap">
                <Act word="up" item={item} disabled={place === 0} onClick={() => move(place, place - 1)} />
                <Act
                  word="down"
                  item={item}
                  disabled={place === fields.length - 1}
                  onClick={() => move(place, place + 1)}
                />
                <Act word="edit" item={item} onClick={() => setOpen(place)} />
                <Act word="remove" item={item} onClick={() => remove(place)} />
              </Group>
            )}
          </Group>
        ))}
      </Stack>
      {open !== undefined && <SyncItemDialog item={fields[open]} onTake={take} onClose={() => setOpen(undefined)} />}
    </Section>
  )
}

function defaultsText({ factorMethods, language }: SyncItem): string[] {
  return [
    ...(factorMethods.length === 0
      ? []
      : [factorMethods.map((method) => t(`directory-sync.method.${method}`)).join(', ')]),
    ...(language === '' ? [] : [language]),
  ]
}

const icons = { up: IconArrowUp, down: IconArrowDown, edit: IconPencil, remove: IconTrash } as const

interface ActProps {
  readonly word: keyof typeof icons
  readonly item: SyncItem
  readonly disabled?: boolean
  readonly onClick: () => void
}

function Act({ word, item, disabled = false, onClick }: ActProps) {
  const Icon = icons[word]
  const label = t(`directory-sync.items.do.${word}`, { dn: item.dn })
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
