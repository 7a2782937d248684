/** One's last sign-ins, each of which can be reported as not one's own. */
import { portalApi, type OwnSignIns } from '@sallyport/contract/portal'
import { ConfirmDialog, LoadingPanel, Notice, notifyDone } from '@sallyport/ui'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { useCourse } from '../course/use-course.ts'
import { FactorCard } from '../factors/factor-card.tsx'
import { useHome } from '../home/home-context.ts'
import { Section } from '../home/section.tsx'

type Row = OwnSignIns['rows'][number]

const read = () => call(portalApi.signIns.read)
const failures = {
  wrong: (field: string) => `own-sign-ins.failure.${field}`,
  failure: (code: string) => `own-sign-ins.failure.${code}`,
}

export function SignIns() {
  const { onSession } = useHome()
  const course = useCourse(read, failures)
  const [asking, setAsking] = useState<Row>()
  const { view, failure, isBusy } = course
  if (view === undefined) return failure === null ? <LoadingPanel /> : <Notice state="bad" title={failure} />
  const { rows, fraud } = view
  if (rows.length === 0) return null
  const report = async ({ id }: Row) => {
    const answer = await course.ask(() => call(portalApi.signIns.reportFraud, { body: { signInId: id } }))
    setAsking(undefined)
    if (answer === undefined) return
    notifyDone(t('own-sign-ins.done'))
    // The block has ended this session too.
    if (answer.blocked) onSession(null)
    else await course.change(read)
  }
  return (
    <Section id="sign-ins" title={t('own-sign-ins.title')}>
      {failure !== null && <Notice state="bad" role="alert" title={failure} />}
      {rows.map((row) => {
        const Icon = row.accepted ? IconCircleCheck : IconCircleX
        return (
          <FactorCard
            key={row.id}
            icon={<Icon aria-hidden size={28} />}
            title={row.application || t('own-sign-ins.portal')}
            detail={
              row.callingStation === null
                ? t('own-sign-ins.anywhere')
                : t('own-sign-ins.from', { address: row.callingStation })
            }
            used={t(row.accepted ? 'own-sign-ins.accepted' : 'own-sign-ins.refused')}
            usedAt={row.at}
            {...(row.reported && { note: t('own-sign-ins.reported') })}
            actions={
              fraud.allowed && !row.reported ? [{ name: t('own-sign-ins.report'), act: () => setAsking(row) }] : []
            }
          />
        )
      })}
      {asking !== undefined && (
        <ConfirmDialog
          opened
          onClose={() => setAsking(undefined)}
          title={t('own-sign-ins.ask', { application: asking.application || t('own-sign-ins.portal') })}
          confirmLabel={t('own-sign-ins.report')}
          pending={isBusy}
          onConfirm={() => void report(asking)}
        >
          {t(fraud.blocks ? 'own-sign-ins.askBlocks' : 'own-sign-ins.askText')}
        </ConfirmDialog>
      )}
    </Section>
  )
}
