/** One's second factors: what there is, and what can be added. */
import { Button, Group } from '@mantine/core'
import { portalApi } from '@sallyport/contract/portal'
import { LoadingPanel, Notice } from '@sallyport/ui'
import { useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { ProofDialog } from '../course/proof-dialog.tsx'
import { useCourse } from '../course/use-course.ts'
import { useHome } from '../home/home-context.ts'
import { Missing } from '../home/missing.tsx'
import { Section } from '../home/section.tsx'
import { EnrolmentNotice } from './enrolment-notice.tsx'
import { FactorDialogs, type Open } from './factor-dialogs.tsx'
import { FactorList } from './factor-list.tsx'

const read = () => call(portalApi.factors.read)
const failures = {
  wrong: (field: string) => `factors.wrong.${field}`,
  failure: (code: string) => `factors.failure.${code}`,
}
/** In the order in which they are offered. */
const ways = [
  { kind: 'mobile-app', words: 'factors.app.open' },
  { kind: 'software-token', words: 'factors.software.open' },
  { kind: 'hardware-token', words: 'factors.hardware.open' },
] as const

export function Factors() {
  const { session } = useHome()
  const course = useCourse(read, failures)
  const [open, setOpen] = useState<Open>()
  const { view: factors, failure } = course
  if (factors === undefined) return failure === null ? <LoadingPanel /> : <Notice state="bad" title={failure} />
  const show = (next: Open | undefined) => {
    course.clear()
    setOpen(next)
  }
  const mayChange = session.kind === 'full'
  const hasAny = factors.tokens.length + factors.devices.length > 0 || factors.hasContact
  const offered = ways.filter(({ kind }) => factors.mayEnrol.includes(kind))
  return (
    <Section id="factors" title={t('factors.title')}>
      {!mayChange && (
        <EnrolmentNotice
          count={factors.tokens.length + factors.devices.length}
          mayRemove={session.kind === 'recovery'}
        />
      )}
      {!hasAny && (
        <Missing
          title={t(mayChange ? 'factors.missing' : 'factors.enrolment')}
          text={t(
            factors.mayEnrol.length === 0
              ? 'factors.missingAsk'
              : mayChange
                ? 'factors.missingText'
                : 'factors.enrolmentText',
          )}
        />
      )}
      {failure !== null && open === undefined && <Notice state="bad" role="alert" title={failure} />}
      <FactorList factors={factors} mayChange={mayChange} mayRemove={session.kind !== 'enrolment'} onOpen={show} />
      <Group gap="sm">
        {offered.map(({ kind, words }, at) => (
          <Button key={kind} variant={hasAny || at > 0 ? 'default' : 'filled'} onClick={() => show({ kind })}>
            {t(words)}
          </Button>
        ))}
      </Group>
      {open !== undefined && !course.needsProof && (
        <FactorDialogs open={open} course={course} onClose={() => show(undefined)} onOver={() => setOpen(undefined)} />
      )}
      <ProofDialog course={course} />
    </Section>
  )
}
