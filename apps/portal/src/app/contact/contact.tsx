/** Where somebody is reached: their phone numbers and their mail address, each with what can be done with it. */
import { portalApi, type OwnContact } from '@sallyport/contract/portal'
import { ConfirmDialog, LoadingPanel, Notice, notifyDone } from '@sallyport/ui'
import { IconMail, IconPhone, IconPhonePlus } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { ProofDialog } from '../course/proof-dialog.tsx'
import { useCourse } from '../course/use-course.ts'
import { FactorCard } from '../factors/factor-card.tsx'
import { Section } from '../home/section.tsx'
import { ProveContact } from './prove-contact.tsx'

type Place = OwnContact['places'][number]
type Open = { readonly kind: 'prove' | 'remove'; readonly of: Place }

const read = () => call(portalApi.contact.read)
const failures = {
  wrong: (field: string) => `contact.wrong.${field}`,
  failure: (code: string) => `contact.failure.${code}`,
}
const icons = { phone: IconPhone, backup: IconPhonePlus, email: IconMail }

export function Contact() {
  const course = useCourse(read, failures)
  const [open, setOpen] = useState<Open>()
  const { view, failure, isBusy } = course
  if (view === undefined) return failure === null ? <LoadingPanel /> : <Notice state="bad" title={failure} />
  // What is not there and cannot be set up is nobody's business here; a backup number without a first one likewise.
  const hasPhone = view.places.some(({ place, value }) => place === 'phone' && value !== '')
  const shown = view.places.filter(
    ({ place, value, ways }) => value !== '' || (ways.length > 0 && (place !== 'backup' || hasPhone)),
  )
  if (shown.length === 0) return null
  const show = (next: Open | undefined) => {
    course.clear()
    setOpen(next)
  }
  const remove = async ({ place }: Place) => {
    const done = await course.change(() => call(portalApi.contact.remove, { body: { place } }))
    if (done) notifyDone(t('contact.removed'))
    setOpen(undefined)
  }
  return (
    <Section id="contact" title={t('contact.title')}>
      {failure !== null && open === undefined && <Notice state="bad" role="alert" title={failure} />}
      {shown.map((each) => {
        const Icon = icons[each.place]
        const { place, value, extension, ways, fromDirectory, removable } = each
        return (
          <FactorCard
            key={place}
            icon={<Icon aria-hidden size={28} />}
            title={t(`contact.place.${place}`)}
            detail={
              value === ''
                ? t(`contact.none.${place}`)
                : extension === ''
                  ? value
                  : t('contact.withExtension', { number: value, extension })
            }
            {...(fromDirectory && { note: t('contact.fromDirectory') })}
            actions={[
              ...(ways.length > 0
                ? [
                    {
                      name: t(value === '' ? 'contact.add' : 'contact.change'),
                      act: () => show({ kind: 'prove', of: each }),
                    },
                  ]
                : []),
              ...(removable ? [{ name: t('contact.remove.open'), act: () => show({ kind: 'remove', of: each }) }] : []),
            ]}
          />
        )
      })}
      {!course.needsProof && open?.kind === 'prove' && (
        <ProveContact place={open.of} course={course} onClose={() => show(undefined)} />
      )}
      {!course.needsProof && open?.kind === 'remove' && (
        <ConfirmDialog
          opened
          onClose={() => show(undefined)}
          title={t('contact.remove.title', { value: open.of.value })}
          confirmLabel={t('contact.remove.open')}
          pending={isBusy}
          onConfirm={() => void remove(open.of)}
        >
          {t('contact.remove.text')}
        </ConfirmDialog>
      )}
      <ProofDialog course={course} />
    </Section>
  )
}
