/** The checkbox that every administrator of the earlier product knows; it acts at once and says how each port fared. */
import { Checkbox, Paper, Stack } from '@mantine/core'
import { api, type RadiusSettingsView } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, notifyFailed } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { sentence, t } from '../../lib/words.ts'
import { useChangeSettings } from './mutations.ts'
import { radiusSettingsQuery } from './queries.ts'
import { settingsInput } from './settings-input.ts'
import './page-words.ts'

export function EnableRadius() {
  const { data, error, refetch } = useQuery(radiusSettingsQuery)
  if (data !== undefined) return <EnableCheckbox settings={data} />
  if (error === null) return <LoadingPanel lines={1} />
  return (
    <ErrorPanel
      title={t('radius-authentication.enable.failed')}
      detail={problemText(error)}
      onRetry={() => void refetch()}
    />
  )
}

function EnableCheckbox({ settings }: { readonly settings: RadiusSettingsView }) {
  const change = useChangeSettings()
  const { may, reason } = useMay(api.radius.changeSettings)
  // Shown at once; the server's word follows.
  const [wanted, setWanted] = useState<boolean>()
  const enabled = wanted ?? settings.enabled
  const set = (chosen: boolean) => {
    setWanted(chosen)
    change.mutate(
      { ...settingsInput(settings), enabled: chosen },
      {
        onError: (problem) => notifyFailed(t('radius-authentication.enable.notChanged'), problemText(problem)),
        onSettled: () => setWanted(undefined),
      },
    )
  }
  const explanation = enabled
    ? t('radius-authentication.enable.onText')
    : t('radius-authentication.enable.offText', {
        ports: [...settings.authenticationPorts, ...settings.accountingPorts].join(', '),
      })
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Checkbox
          size="md"
          label={t('radius-authentication.enable.label')}
          description={reason ?? explanation}
          checked={enabled}
          disabled={!may || change.isPending}
          onChange={(event) => set(event.currentTarget.checked)}
          styles={{ label: { fontWeight: 600 } }}
        />
        <SocketProblems settings={settings} />
      </Stack>
    </Paper>
  )
}

/** Each port that could not be opened, with what holds it. */
export function SocketProblems({ settings }: { readonly settings: Pick<RadiusSettingsView, 'enabled' | 'sockets'> }) {
  const failed = settings.sockets.filter((socket) => socket.state === 'failed')
  const listening = settings.sockets.filter((socket) => socket.state === 'listening')
  if (!settings.enabled) return null
  return (
    <Stack gap="xs" role="status">
      {failed.map((socket) => (
        <Notice
          key={`${socket.port} ${socket.family}`}
          state="bad"
          title={t('radius-authentication.enable.socketFailed', { port: socket.port, family: socket.family })}
        >
          {socket.problem === null ? null : sentence(socket.problem)}
        </Notice>
      ))}
      {listening.length > 0 && (
        <Notice
          state={failed.length > 0 ? 'warning' : 'good'}
          title={t('radius-authentication.enable.listening', {
            ports: [...new Set(listening.map((socket) => socket.port))].join(', '),
          })}
        />
      )}
    </Stack>
  )
}
