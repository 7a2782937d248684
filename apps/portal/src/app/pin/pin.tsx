/** One's PIN: whether there is one, whether there has to be another, and changing it. */
import { Button, Group, Paper, Text } from '@mantine/core'
import { portalApi } from '@sallyport/contract/portal'
import { LoadingPanel, Notice, RelativeTime } from '@sallyport/ui'
import { useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { language, t } from '../../lib/words.ts'
import { ProofDialog } from '../course/proof-dialog.tsx'
import { useCourse } from '../course/use-course.ts'
import { useHome } from '../home/home-context.ts'
import { Missing } from '../home/missing.tsx'
import { Section } from '../home/section.tsx'
import { ChangePin } from './change-pin.tsx'

const read = () => call(portalApi.pin.read)
const failures = {
  wrong: (field: string) => `pin.wrong.${field}`,
  failure: (code: string) => `pin.failure.${code}`,
}

export function Pin() {
  const { session } = useHome()
  const course = useCourse(read, failures)
  const [isOpen, setOpen] = useState(false)
  const { view: pin, failure } = course
  if (pin === undefined) return failure === null ? <LoadingPanel /> : <Notice state="bad" title={failure} />
  // Whoever has none and is never asked for one need not hear of it.
  if (!pin.isSet && !pin.isWanted) return null
  const mayChange = session.kind === 'full' || !pin.isSet
  const open = () => {
    course.clear()
    setOpen(true)
  }
  const action = { name: t(pin.isSet ? 'pin.change' : 'pin.set'), act: open }
  const isMissing = !pin.isSet || pin.mustChange
  return (
    <Section id="pin" title={t('pin.title')}>
      {isMissing && (
        <Missing
          title={t(pin.isSet ? 'pin.due' : 'pin.missing')}
          text={t(pin.isSet ? 'pin.dueText' : 'pin.missingText')}
          {...(mayChange && { action })}
        />
      )}
      <Paper withBorder p="md" radius="md">
        <Group justify="space-between" gap="sm">
          <Text size="sm">
            {pin.isSet ? (
              <>
                {t('pin.changed')} <RelativeTime at={pin.changedAt} locale={language()} />
              </>
            ) : (
              t('pin.none')
            )}
          </Text>
          {mayChange && (
            <Button variant="default" size="xs" onClick={open}>
              {action.name}
            </Button>
          )}
        </Group>
      </Paper>
      {isOpen && !course.needsProof && <ChangePin pin={pin} course={course} onClose={() => setOpen(false)} />}
      <ProofDialog course={course} />
    </Section>
  )
}
