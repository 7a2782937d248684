/** A field of the RADIUS settings that is saved by itself: it shows its buttons once something was typed. */
import { Button, Group, TextInput } from '@mantine/core'
import { api, radiusSettingsInput, type RadiusSettingsInput, type RadiusSettingsView } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { sentence, t } from '../../lib/words.ts'
import { useChangeSettings } from './mutations.ts'
import { radiusSettingsQuery } from './queries.ts'
import { settingsInput } from './settings-input.ts'
import './page-words.ts'

export interface SettingsFieldProps<Field extends keyof RadiusSettingsInput> {
  /** Also the key of its words. */
  readonly field: Field
  readonly write: (value: RadiusSettingsInput[Field]) => string
  /** What was typed, for the schema to judge. */
  readonly read: (typed: string) => RadiusSettingsInput[Field]
}

export function SettingsField<Field extends keyof RadiusSettingsInput>(props: SettingsFieldProps<Field>) {
  const { data } = useQuery(radiusSettingsQuery)
  return data === undefined ? null : <FieldForm settings={data} {...props} />
}

/** What was typed, over which saved value, at which version. */
interface Draft {
  readonly text: string
  readonly over: string
  readonly version: number
}

function FieldForm<Field extends keyof RadiusSettingsInput>(
  props: SettingsFieldProps<Field> & { readonly settings: RadiusSettingsView },
) {
  const { settings, field, write, read } = props
  const saved = write(settings[field])
  const [draft, setDraft] = useState<Draft>()
  const [problem, setProblem] = useState<string>()
  const change = useChangeSettings()
  const { may } = useMay(api.radius.changeSettings)
  const typed = draft?.text ?? saved
  const dirty = typed !== saved
  // What somebody else changed since the typing began is not overwritten unseen: the old version is refused.
  const version = draft === undefined || draft.over === saved ? settings.version : draft.version
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const parsed = radiusSettingsInput.safeParse({ ...settingsInput(settings), [field]: read(typed), version })
    if (!parsed.success) {
      setProblem(sentence(parsed.error.issues[0]?.message ?? ''))
      return
    }
    setProblem(undefined)
    change.mutate(parsed.data, {
      onSuccess: () => {
        setDraft(undefined)
        notifyDone(t(`radius-authentication.field.${field}.saved`))
      },
      onError: (error) => setProblem(problemText(error)),
    })
  }
  return (
    <form onSubmit={save} noValidate>
      <UnsavedGuard when={dirty && !change.isPending} />
      <TextInput
        label={t(`radius-authentication.field.${field}.label`)}
        description={t(`radius-authentication.field.${field}.hint`)}
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
            {t(`radius-authentication.field.${field}.save`)}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setDraft(undefined)
              setProblem(undefined)
            }}
          >
            {t('radius-authentication.field.undo')}
          </Button>
        </Group>
      )}
    </form>
  )
}
