/** Whether RADIUS answers, on which ports, and what stands in the way. */
import { Group, Stack, Text } from '@mantine/core'
import type { RadiusSocket, StatusView } from '@sallyport/contract'
import { CopyText, Notice, RelativeTime, Section, SettingsList, StatusDot } from '@sallyport/ui'
import { TextLink } from '../../lib/links.tsx'
import { language, sentence, t } from '../../lib/words.ts'
import { radiusStateKinds } from './queries.ts'
import './page-words.ts'

export function RadiusCard({ status }: { readonly status: StatusView }) {
  const { radius, startedAt, version } = status
  return (
    <Section
      title={t('status.radius.title')}
      action={
        <Text size="sm">
          <TextLink to="/radius-authentication">{t('status.radius.open')}</TextLink>
        </Text>
      }
    >
      <Stack gap="sm">
        <div role="status">
          <StatusDot state={radiusStateKinds[radius.state]} size="lg">
            {t(`status.radius.${radius.state}`)}
          </StatusDot>
          <Text size="sm" c="dimmed">
            {t(`status.radius.${radius.state}Text`)}
          </Text>
        </div>
        {!radius.logWritable && (
          <Notice state="bad" role="alert" title={t('status.radius.logTitle')}>
            {t('status.radius.logText')}
          </Notice>
        )}
        {radius.sockets
          .filter((socket) => socket.state === 'failed')
          .map((socket) => (
            <Notice
              key={`${socket.port} ${socket.family}`}
              state="bad"
              title={t('status.radius.socketFailed', { port: socket.port, family: socket.family })}
            >
              {socket.problem === null ? null : sentence(socket.problem)}
            </Notice>
          ))}
        <SettingsList
          settings={[
            { name: t('status.radius.ports'), text: <Ports sockets={radius.sockets} /> },
            {
              name: t('status.radius.now'),
              text: t('status.radius.nowText', { inFlight: radius.inFlight, openChallenges: radius.openChallenges }),
            },
            { name: t('status.radius.started'), text: <RelativeTime at={startedAt} locale={language()} /> },
            { name: t('status.radius.version'), value: version },
          ]}
        />
      </Stack>
    </Section>
  )
}

function Ports({ sockets }: { readonly sockets: readonly RadiusSocket[] }) {
  const ports = [...new Set(sockets.filter((socket) => socket.state === 'listening').map((socket) => socket.port))]
  if (ports.length === 0) return <>{t('status.radius.noPorts')}</>
  return (
    <Group gap="sm" component="span" display="inline-flex">
      {ports.map((port) => (
        <CopyText key={port} value={String(port)} />
      ))}
    </Group>
  )
}
