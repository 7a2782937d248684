/** What somebody keeps for the day on which they lose their second factor: recovery codes, and questions where they are allowed. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { portalApi } from '@sallyport/contract/portal'
import { ConfirmDialog, Notice, notifyDone, RelativeTime } from '@sallyport/ui'
import { useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { language, t } from '../../lib/words.ts'
import { ProofDialog } from '../course/proof-dialog.tsx'
import { useCourse } from '../course/use-course.ts'
import { useHome } from '../home/home-context.ts'
import { Section } from '../home/section.tsx'
import { CodesShown } from './codes-shown.tsx'
import { SetQuestions } from './set-questions.tsx'

const read = () => call(portalApi.recovery.read)
const failures = {
  wrong: (field: string) => `recovery.wrong.${field.split('.').at(-1) ?? field}`,
  failure: (code: string) => `recovery.failure.${code}`,
}
type Open = 'make' | 'set' | 'remove'

export function Recovery() {
  const { session } = useHome()
  const course = useCourse(read, failures)
  const [open, setOpen] = useState<Open>()
  const [codes, setCodes] = useState<readonly string[]>()
  const { view, failure, isBusy } = course
  if (session.kind !== 'full' || view === undefined) return null
  const { recoveryCodes, securityQuestions } = view
  if (!recoveryCodes.allowed && !securityQuestions.allowed) return null
  const { left, createdAt } = recoveryCodes
  const hasQuestions = securityQuestions.set.length > 0
  const show = (next: Open | undefined) => {
    course.clear()
    setOpen(next)
  }
  const make = async () => {
    const made = await course.ask(() => call(portalApi.recovery.makeCodes))
    setOpen(undefined)
    if (made === undefined) return
    setCodes(made.codes)
    await course.change(() => Promise.resolve(made.recovery))
  }
  const remove = async () => {
    if (await course.change(() => call(portalApi.recovery.removeQuestions))) notifyDone(t('recovery.questions.removed'))
    setOpen(undefined)
  }
  return (
    <Section id="recovery" title={t('recovery.title')}>
      <Text c="dimmed">{t('recovery.text')}</Text>
      {failure !== null && open !== 'set' && <Notice state="bad" role="alert" title={failure} />}
      {recoveryCodes.allowed && (
        <Stack gap="xs">
          <Text fw={600}>{t('recovery.codes.title')}</Text>
          {createdAt === null ? (
            <Text>{t('recovery.codes.none')}</Text>
          ) : (
            <Text>
              {t('recovery.codes.left', { count: left })} {t('recovery.codes.made')}{' '}
              <RelativeTime at={createdAt} locale={language()} />
            </Text>
          )}
          <Group>
            <Button
              variant={createdAt === null ? 'filled' : 'default'}
              loading={isBusy && open === undefined}
              onClick={() => (createdAt === null ? void make() : show('make'))}
            >
              {t(createdAt === null ? 'recovery.codes.make' : 'recovery.codes.renew')}
            </Button>
          </Group>
        </Stack>
      )}
      {securityQuestions.allowed && (
        <Stack gap="xs">
          <Text fw={600}>{t('recovery.questions.title')}</Text>
          <Text>
            {t(hasQuestions ? 'recovery.questions.set' : 'recovery.questions.none', {
              count: securityQuestions.set.length,
            })}
          </Text>
          <Group>
            <Button variant="default" onClick={() => show('set')}>
              {t(hasQuestions ? 'recovery.questions.change' : 'recovery.questions.open')}
            </Button>
            {hasQuestions && (
              <Button variant="default" onClick={() => show('remove')}>
                {t('recovery.questions.remove')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
      <ConfirmDialog
        opened={open === 'make' && !course.needsProof}
        onClose={() => show(undefined)}
        title={t('recovery.codes.renewTitle')}
        confirmLabel={t('recovery.codes.renew')}
        pending={isBusy}
        onConfirm={() => void make()}
      >
        {t('recovery.codes.renewText')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={open === 'remove' && !course.needsProof}
        onClose={() => show(undefined)}
        title={t('recovery.questions.removeTitle')}
        confirmLabel={t('recovery.questions.remove')}
        pending={isBusy}
        onConfirm={() => void remove()}
      >
        {t('recovery.questions.removeText')}
      </ConfirmDialog>
      {open === 'set' && !course.needsProof && (
        <SetQuestions course={course} rules={securityQuestions} onClose={() => show(undefined)} />
      )}
      {codes !== undefined && <CodesShown codes={codes} onClose={() => setCodes(undefined)} />}
      <ProofDialog course={course} />
    </Section>
  )
}
