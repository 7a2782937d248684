/** The field *Authentication port(s)*: a list of UDP ports, typed with commas. */
import { Button, Group, TextInput } from '@mantine/core'
import { api, radiusSettingsInput, type RadiusSettingsView } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { sentence, t } from '../../lib/words.ts'
import { useChangeSettings } from './mutations.ts'
import { parsePorts } from './parse-ports.ts'
import { radiusSettingsQuery } from './queries.ts'

export function AuthenticationPorts() {
  const { data } = useQuery(radiusSettingsQuery)
  return data === undefined ? null : <PortsForm settings={data} />
}

/** What was typed, over which saved ports, at which version. */
interface Draft {
  readonly text: string
  readonly over: string
  readonly version: number
}

function PortsForm({ settings }: { readonly settings: RadiusSettingsView }) {
  const saved = settings.authenticationPorts.join(', ')
  const [draft, setDraft] = useState<Draft>()
  const [problem, setProblem] = useState<string>()
  const change = useChangeSettings()
  const { may } = useMay(api.radius.changeSettings)
  const typed = draft?.text ?? saved
  const dirty = typed !== saved
  // Ports that somebody else changed since the typing began are not overwritten unseen: the old version is refused.
  const version = draft === undefined || draft.over === saved ? settings.version : draft.version
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const parsed = radiusSettingsInput.shape.authenticationPorts.safeParse(parsePorts(typed))
    if (!parsed.success) {
      setProblem(sentence(parsed.error.issues[0]?.message ?? ''))
      return
    }
    setProblem(undefined)
    change.mutate(
      { enabled: settings.enabled, authenticationPorts: parsed.data, version },
      {
        onSuccess: () => {
          setDraft(undefined)
          notifyDone(t('radius-authentication.ports.saved'))
        },
        onError: (error) => setProblem(problemText(error)),
      },
    )
  }
  return (
    <form onSubmit={save} noValidate>
      <UnsavedGuard when={dirty && !change.isPending} />
      <TextInput
        label={t('radius-authentication.ports.label')}
        description={t('radius-authentication.ports.hint')}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) =>
          setDraft({ over: saved, version: settings.version, ...draft, text: event.currentTarget.value })
        }
        readOnly={!may}
        error={problem}
        maw="26rem"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
      {dirty && (
        <Group gap="xs" mt="xs">
          <Button type="submit" loading={change.isPending}>
            {t('radius-authentication.ports.save')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setDraft(undefined)
              setProblem(undefined)
            }}
          >
            {t('radius-authentication.ports.undo')}
          </Button>
        </Group>
      )}
    </form>
  )
}
