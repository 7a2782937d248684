/** The second step of a call: what to key in, until it was keyed in or the call is over. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { portalApi, type ContactPlace, type OwnContact } from '@sallyport/contract/portal'
import { Notice } from '@sallyport/ui'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import type { Course } from '../course/use-course.ts'

export interface TakeCallProps {
  readonly title: string
  readonly place: ContactPlace
  readonly code: string
  readonly course: Course<OwnContact>
  readonly onDone: () => void
  readonly onBack: () => void
  readonly onClose: () => void
}

const everyMs = 2_000

export function TakeCall({ title, place, code, course, onDone, onBack, onClose }: TakeCallProps) {
  const [isOver, setOver] = useState(false)
  // The latest one, without beginning anew to ask with each rendering.
  const latest = useRef({ course, onDone })
  useEffect(() => {
    latest.current = { course, onDone }
  })
  useEffect(() => {
    let timer = 0
    let isGone = false
    const look = async () => {
      const answer = await latest.current.course.ask(() => call(portalApi.contact.finishCall, { body: { place } }))
      if (isGone) return
      if (answer?.kind === 'calling') timer = window.setTimeout(() => void look(), everyMs)
      else if (answer?.kind === 'done') {
        await latest.current.course.change(() => Promise.resolve(answer.contact))
        latest.current.onDone()
      } else setOver(true)
    }
    timer = window.setTimeout(() => void look(), everyMs)
    return () => {
      isGone = true
      window.clearTimeout(timer)
    }
  }, [place])
  return (
    <Modal opened onClose={onClose} title={title} size="md" closeButtonProps={{ 'aria-label': t('ui.close') }}>
      <Stack>
        {isOver ? (
          <Notice state="bad" role="alert" title={course.failure ?? t('contact.callOver')} />
        ) : (
          <>
            <Text>{t('contact.calling')}</Text>
            <Text fz={40} fw={700} ta="center" lts="0.15em" aria-label={Array.from(code).join(' ')}>
              {code}
            </Text>
            <Text size="sm" c="dimmed" role="status">
              {t('contact.callWaits')}
            </Text>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          {isOver && <Button onClick={onBack}>{t('contact.callAgain')}</Button>}
        </Group>
      </Stack>
    </Modal>
  )
}
