/** The target *Built-in users*: how long their passwords last, who has one, and its test. */
import { Anchor, Button, Checkbox, Group, NumberInput, Stack, Text } from '@mantine/core'
import { api, builtInInput, type BuiltInView } from '@sallyport/contract'
import { ErrorPanel, LoadingPanel, Notice, notifyDone, Section } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { sentence, t } from '../../lib/words.ts'
import { BuiltInMschap } from './built-in-mschap.tsx'
import { builtInQuery, useChangeBuiltIn } from './built-in.ts'
import { TestTarget } from './test-target.tsx'
import './page-words.ts'

export function TargetBuiltIn() {
  const { data, error, refetch } = useQuery(builtInQuery)
  const test = useMay(api.radius.testTarget)
  return (
    <Section
      title={t('radius-authentication.target.built-in.label')}
      action={
        <Anchor component={Link} to="/users" size="sm">
          {t('radius-authentication.builtIn.openUsers')}
        </Anchor>
      }
    >
      <Stack gap="lg">
        <Text size="sm" maw="46rem">
          {t('radius-authentication.builtIn.text')}
        </Text>
        {data === undefined && error === null && <LoadingPanel lines={2} />}
        {data === undefined && error !== null && (
          <ErrorPanel
            title={t('radius-authentication.builtIn.failed')}
            detail={problemText(error)}
            onRetry={() => void refetch()}
          />
        )}
        {data !== undefined && (
          <>
            {data.usersWithPassword === 0 && (
              <Notice state="warning" title={t('radius-authentication.builtIn.nobody')}>
                {t('radius-authentication.builtIn.nobodyText')}
              </Notice>
            )}
            <BuiltInMschap settings={data} />
            <Expiry key={data.version} settings={data} />
          </>
        )}
        {test.may && <TestTarget />}
      </Stack>
    </Section>
  )
}

/** Whether passwords expire, and after how many days. */
function Expiry({ settings }: { readonly settings: BuiltInView }) {
  const { may, reason } = useMay(api.builtIn.change)
  const change = useChangeBuiltIn()
  const [days, setDays] = useState<number | string | null>(settings.maximumAgeDays)
  const [problem, setProblem] = useState<string>()
  const { allowMschapV2, version } = settings
  const save = () => {
    const input = builtInInput.safeParse({ allowMschapV2, maximumAgeDays: days, version })
    if (!input.success) {
      setProblem(t('radius-authentication.builtIn.daysProblem'))
      return
    }
    setProblem(undefined)
    change.mutate(input.data, {
      onSuccess: () => notifyDone(t('radius-authentication.builtIn.saved')),
      onError: (error) => setProblem(problemText(error)),
    })
  }
  const changed = days !== settings.maximumAgeDays
  return (
    <Stack gap="sm">
      {reason !== undefined && <Notice state="neutral" title={reason} />}
      <Checkbox
        label={t('radius-authentication.builtIn.expires')}
        description={t('radius-authentication.builtIn.expiresHint')}
        checked={days !== null}
        disabled={!may}
        onChange={(event) => setDays(event.currentTarget.checked ? (settings.maximumAgeDays ?? 365) : null)}
      />
      {days !== null && (
        <NumberInput
          label={t('radius-authentication.builtIn.days')}
          value={days}
          onChange={setDays}
          allowDecimal={false}
          allowNegative={false}
          disabled={!may}
          error={problem === undefined ? null : sentence(problem)}
          maw="12rem"
        />
      )}
      {days === null && problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      {may && changed && (
        <Group gap="sm">
          <Button onClick={save} loading={change.isPending}>
            {t('radius-authentication.builtIn.save')}
          </Button>
          <Button variant="default" onClick={() => setDays(settings.maximumAgeDays)}>
            {t('radius-authentication.builtIn.undo')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
