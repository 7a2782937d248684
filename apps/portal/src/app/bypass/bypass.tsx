/** Signing in once without a second factor: for when one's phone will not be at hand, where administrators allow it. */
import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { portalApi } from '@sallyport/contract/portal'
import { ConfirmDialog, LoadingPanel, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { language, t } from '../../lib/words.ts'
import { ProofDialog } from '../course/proof-dialog.tsx'
import { useCourse } from '../course/use-course.ts'
import { Section } from '../home/section.tsx'

const read = () => call(portalApi.ownBypass.read)
const failures = {
  wrong: (field: string) => `bypass.wrong.${field}`,
  failure: (code: string) => `bypass.failure.${code}`,
}
const offered = [60, 300, 900, 1800, 3600]

export function Bypass() {
  const course = useCourse(read, failures)
  const [chosen, setChosen] = useState<number>()
  const [isAsking, setAsking] = useState(false)
  const { view, failure, isBusy } = course
  if (view === undefined) return failure === null ? <LoadingPanel /> : <Notice state="bad" title={failure} />
  const { secondsAtMost, openUntil, left } = view
  if (secondsAtMost === 0) return null
  const choices = [...new Set([...offered.filter((each) => each < secondsAtMost), secondsAtMost])]
  const seconds = chosen ?? choices.at(-1) ?? secondsAtMost
  const minutes = (each: number) => t('bypass.minutes', { count: Math.ceil(each / 60) })
  const give = async () => {
    if (await course.change(() => call(portalApi.ownBypass.give, { body: { seconds } }))) notifyDone(t('bypass.given'))
    setAsking(false)
  }
  const end = async () => {
    if (await course.change(() => call(portalApi.ownBypass.end))) notifyDone(t('bypass.ended'))
  }
  return (
    <Section id="bypass" title={t('bypass.title')}>
      <Text c="dimmed">{t('bypass.text')}</Text>
      {failure !== null && <Notice state="bad" role="alert" title={failure} />}
      {openUntil !== null && (
        <Notice state="warning" title={t('bypass.open', { time: timeOf(openUntil) })}>
          <Button variant="default" mt="xs" loading={isBusy} onClick={() => void end()}>
            {t('bypass.end')}
          </Button>
        </Notice>
      )}
      {openUntil === null && left === 0 && <Text>{t('bypass.enough')}</Text>}
      {openUntil === null && left > 0 && (
        <Group align="flex-end">
          <NativeSelect
            label={t('bypass.for')}
            size="md"
            value={String(seconds)}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
            data={choices.map((each) => ({ value: String(each), label: minutes(each) }))}
          />
          <Button size="md" variant="default" onClick={() => setAsking(true)}>
            {t('bypass.give')}
          </Button>
        </Group>
      )}
      {isAsking && !course.needsProof && (
        <ConfirmDialog
          opened
          onClose={() => setAsking(false)}
          title={t('bypass.ask', { minutes: minutes(seconds) })}
          confirmLabel={t('bypass.give')}
          pending={isBusy}
          onConfirm={() => void give()}
        >
          {t('bypass.askText')}
        </ConfirmDialog>
      )}
      <ProofDialog course={course} />
    </Section>
  )
}

function timeOf(iso: string): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'short' }).format(new Date(iso))
}
