/** The blocks and one-time bypasses that a user had, the newest first: by whom, why, and how they ended. */
import { Table, Text } from '@mantine/core'
import type { BlockView, BypassView, UserView } from '@sallyport/contract'
import { RelativeTime, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { TextLink } from '../../lib/links.tsx'
import { language, t } from '../../lib/words.ts'
import { standingQuery } from './standing-query.ts'
import './page-words.ts'

interface Line {
  readonly key: string
  readonly at: string
  readonly what: 'block' | 'bypass'
  readonly by: string
  readonly reason: string
  readonly end: ReactNode
}

/** Nothing where what stands for the user did not come: the section about that says so, and asks again. */
export function UserHistory({ user }: { readonly user: UserView }) {
  const { data } = useQuery(standingQuery(user.id))
  if (data === undefined) return null
  const lines = [...data.blocks.map(ofBlock), ...data.bypasses.map(ofBypass)].sort((one, other) =>
    other.at.localeCompare(one.at),
  )
  return (
    <Section title={t('user-history.title')} description={t('user-history.description')}>
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('user-history.none')}
        </Text>
      ) : (
        <Table aria-label={t('user-history.title')} layout="fixed" verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('user-history.what')}</Table.Th>
              <Table.Th visibleFrom="sm">{t('user-history.reason')}</Table.Th>
              <Table.Th>{t('user-history.ended')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ key, at, what, by, reason, end }) => (
              <Table.Tr key={key}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Text size="sm">{t(`user-history.${what}`, { by })}</Text>
                  <Text size="sm" c="dimmed">
                    <RelativeTime at={at} locale={language()} />
                  </Text>
                  <Text size="sm" hiddenFrom="sm">
                    {reason}
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm" style={{ overflowWrap: 'anywhere' }}>
                  {reason || '–'}
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{end}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}

function ofBlock({ id, createdAt, blockedBy, source, reason, until, endedAt, endedBy, inForce }: BlockView): Line {
  const time = (at: string) => <RelativeTime at={at} locale={language()} />
  const end = inForce ? (
    until === null ? (
      t('user-history.inForce')
    ) : (
      <>
        {t('user-history.until')} {time(until)}
      </>
    )
  ) : (
    <>
      {t(endedAt === null ? 'user-history.ranOut' : 'user-history.unblocked', { by: endedBy ?? '' })}{' '}
      {time(endedAt ?? until ?? createdAt)}
    </>
  )
  const why = source === 'fraud-report' ? t('user-history.fraud', { reason }) : reason
  return { key: id, at: createdAt, what: 'block', by: blockedBy, reason: why, end }
}

function ofBypass({ id, createdAt, expiresAt, givenBy, reason, state, usedAt, endedAt, signInId }: BypassView): Line {
  const time = <RelativeTime at={usedAt ?? endedAt ?? expiresAt} locale={language()} />
  const end = (
    <>
      {signInId === null ? (
        t(`user-history.bypassState.${state}`)
      ) : (
        <TextLink to="/reports/sign-ins/$id" params={{ id: signInId }} size="sm">
          {t(`user-history.bypassState.${state}`)}
        </TextLink>
      )}{' '}
      {time}
    </>
  )
  return { key: id, at: createdAt, what: 'bypass', by: givenBy, reason, end }
}
