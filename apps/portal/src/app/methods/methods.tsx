/** How somebody is asked: their methods in the order in which they are tried, and how texts and calls ask. */
import { Text } from '@mantine/core'
import { portalApi, type OwnMethods } from '@sallyport/contract/portal'
import { LoadingPanel, Notice, notifyDone } from '@sallyport/ui'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { ProofDialog } from '../course/proof-dialog.tsx'
import { useCourse } from '../course/use-course.ts'
import { useHome } from '../home/home-context.ts'
import { Section } from '../home/section.tsx'
import { MethodCard } from './method-card.tsx'
import { Modes } from './modes.tsx'

const read = () => call(portalApi.methods.read)
const failures = {
  wrong: (field: string) => `methods.wrong.${field}`,
  failure: (code: string) => `methods.failure.${code}`,
}

export function Methods() {
  const { session } = useHome()
  const course = useCourse(read, failures)
  const { view, failure, isBusy } = course
  // Whoever came by a link sets something up; how they are asked comes later.
  if (session.kind !== 'full') return null
  if (view === undefined) return failure === null ? <LoadingPanel /> : <Notice state="bad" title={failure} />
  const { methods, mayOrder } = view
  const first = methods.find(({ missing }) => missing === null)?.method
  const save = async (work: () => Promise<OwnMethods>) => {
    if (await course.change(work)) notifyDone(t('methods.saved'))
  }
  const move = (at: number, by: -1 | 1) => {
    const order = methods.map(({ method }) => method)
    const [moved] = order.splice(at, 1)
    if (moved === undefined) return
    order.splice(at + by, 0, moved)
    void save(() => call(portalApi.methods.setOrder, { body: { methods: order } }))
  }
  return (
    <Section id="methods" title={t('methods.title')}>
      <Text c="dimmed">{t(mayOrder ? 'methods.text' : 'methods.textFixed')}</Text>
      {failure !== null && <Notice state="bad" role="alert" title={failure} />}
      {methods.map(({ method, missing }, at) => (
        <MethodCard
          key={method}
          method={method}
          missing={missing}
          isFirst={method === first}
          isBusy={isBusy}
          onUp={mayOrder && at > 0 ? () => move(at, -1) : undefined}
          onDown={mayOrder && at < methods.length - 1 ? () => move(at, 1) : undefined}
        />
      ))}
      {view.mayChooseModes && (
        <Modes
          view={view}
          isBusy={isBusy}
          onSave={(body) => void save(() => call(portalApi.methods.setModes, { body }))}
        />
      )}
      <ProofDialog course={course} />
    </Section>
  )
}
