/** What checks the passwords, and how each of its servers does. */
import { Box, Stack, Text } from '@mantine/core'
import type { StatusView } from '@sallyport/contract'
import { RelativeTime, Section, StatusDot, type StateKind } from '@sallyport/ui'
import { TextLink } from '../../lib/links.tsx'
import { language, sentence, t } from '../../lib/words.ts'
import './page-words.ts'

const serverStates: Record<StatusView['target']['servers'][number]['state'], StateKind> = {
  unknown: 'neutral',
  up: 'good',
  suspect: 'warning',
  down: 'bad',
}

export function TargetCard({ target }: { readonly target: StatusView['target'] }) {
  return (
    <Section
      title={t('status.target.title')}
      action={
        <Text size="sm">
          <TextLink to="/radius-authentication" search={{ tab: 'target' }}>
            {t('status.target.open')}
          </TextLink>
        </Text>
      }
    >
      <Stack gap="sm">
        <Text fw={600}>{t(`status.target.${target.kind}`)}</Text>
        {target.servers.map(({ server, state, since, problem }) => (
          <Box key={server}>
            <StatusDot state={serverStates[state]}>
              <Text span ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
                {server}
              </Text>{' '}
              {t(`status.target.${state}`)}
              {since !== null && (
                <Text span c="dimmed" size="sm">
                  {' '}
                  {t('status.target.since')} <RelativeTime at={since} locale={language()} />
                </Text>
              )}
            </StatusDot>
            {problem !== null && (
              <Text size="sm" pl={22}>
                {sentence(problem)}
              </Text>
            )}
          </Box>
        ))}
        {target.kind !== 'none' && target.servers.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('status.target.noServers')}
          </Text>
        )}
      </Stack>
    </Section>
  )
}
