/** The directory as a tree that opens where it is asked to, for choosing a container or a group. */
import { ActionIcon, Button, Group, Loader, Stack, Text } from '@mantine/core'
import type { BrowsePage, SyncItem } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { IconChevronDown, IconChevronRight, IconFile, IconFolder, IconUser, IconUsersGroup } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { browseQuery } from './sync-data.ts'
import './sync-words.ts'
import './page-words.ts'

type Entry = BrowsePage['entries'][number]
type Choose = (dn: string, kind: SyncItem['kind']) => void

const icons = { container: IconFolder, group: IconUsersGroup, person: IconUser, other: IconFile } as const

export function BrowseTree({ onChoose }: { readonly onChoose: Choose }) {
  return (
    <Stack
      gap={2}
      mah="20rem"
      p="xs"
      tabIndex={0}
      role="group"
      aria-label={t('directory-sync.browse.label')}
      style={{ overflow: 'auto', border: '1px solid var(--ui-line)' }}
    >
      <Children dn="" onChoose={onChoose} />
    </Stack>
  )
}

function Children({ dn, onChoose }: { readonly dn: string; readonly onChoose: Choose }) {
  const { data, error, fetchNextPage, hasNextPage, isFetching, refetch } = useInfiniteQuery(browseQuery(dn))
  const entries = data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <Stack gap={2} role="list">
      {entries.map((entry) => (
        <Node key={entry.dn} entry={entry} onChoose={onChoose} />
      ))}
      {isFetching && <Loader size="xs" aria-label={t('directory-sync.browse.loading')} />}
      {error !== null && (
        <Notice
          state="bad"
          role="alert"
          title={problemText(error)}
          action={
            <Button size="xs" variant="default" onClick={() => void refetch()}>
              {t('directory-sync.browse.again')}
            </Button>
          }
        />
      )}
      {data !== undefined && entries.length === 0 && !isFetching && (
        <Text size="sm" c="dimmed">
          {t('directory-sync.browse.empty')}
        </Text>
      )}
      {hasNextPage && !isFetching && error === null && (
        <div>
          <Button size="xs" variant="subtle" onClick={() => void fetchNextPage()}>
            {t('directory-sync.browse.more')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

function Node({ entry: { dn, name, kind }, onChoose }: { readonly entry: Entry; readonly onChoose: Choose }) {
  const [isOpen, setOpen] = useState(false)
  const Icon = icons[kind]
  const canOpen = kind === 'container' || kind === 'other'
  const label = t(`directory-sync.browse.${isOpen ? 'close' : 'open'}`, { name })
  return (
    <div role="listitem">
      <Group gap={6} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={label}
          aria-expanded={isOpen}
          disabled={!canOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
        </ActionIcon>
        <Icon size={16} aria-hidden />
        <Text size="sm" flex={1} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        {(kind === 'container' || kind === 'group') && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('directory-sync.browse.chooseThis', { name })}
            onClick={() => onChoose(dn, kind)}
          >
            {t('directory-sync.browse.choose')}
          </Button>
        )}
      </Group>
      {isOpen && (
        <div style={{ paddingInlineStart: '1.2rem' }}>
          <Children dn={dn} onChoose={onChoose} />
        </div>
      )}
    </div>
  )
}
