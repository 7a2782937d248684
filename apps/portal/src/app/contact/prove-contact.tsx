/** Setting up a number or an address, step by step: it is entered, a code goes there, and the code comes back. */
import { portalApi, type OwnContact } from '@sallyport/contract/portal'
import { notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import type { Course } from '../course/use-course.ts'
import { EnterContact, type Entered } from './enter-contact.tsx'
import { TakeCall } from './take-call.tsx'
import { TypeCode } from './type-code.tsx'

export interface ProveContactProps {
  readonly place: OwnContact['places'][number]
  readonly course: Course<OwnContact>
  readonly onClose: () => void
}

export function ProveContact({ place, course, onClose }: ProveContactProps) {
  const { place: name, ways } = place
  const [entered, setEntered] = useState<Entered>({ value: '', way: ways[0] ?? 'text', extension: '' })
  /** Undefined: nothing was sent yet; `code`: what a call is to take. */
  const [sent, setSent] = useState<{ readonly code: string | null }>()
  const title = t(`contact.set.${name}`)
  const send = async () => {
    const answer = await course.ask(() => call(portalApi.contact.begin, { body: bodyOf(name, entered) }))
    if (answer !== undefined) setSent(answer)
  }
  const done = () => {
    notifyDone(t('contact.done'))
    onClose()
  }
  const back = () => setSent(undefined)
  if (sent === undefined) {
    return (
      <EnterContact
        {...{ title, entered, ways, course, onClose }}
        isMail={name === 'email'}
        onEnter={setEntered}
        onSend={() => void send()}
      />
    )
  }
  if (sent.code !== null) {
    return <TakeCall {...{ title, course, onClose }} place={name} code={sent.code} onDone={done} onBack={back} />
  }
  return (
    <TypeCode
      {...{ title, course, onClose }}
      place={name}
      to={entered.value}
      onDone={done}
      onBack={() => {
        course.clear()
        back()
      }}
    />
  )
}

function bodyOf(place: ProveContactProps['place']['place'], { value, way, extension }: Entered) {
  if (place === 'email') return { place, way: 'email', value: value.trim() } as const
  if (place === 'backup') return { place, way: 'call', value, extension } as const
  return { place, way: way === 'call' ? 'call' : 'text', value, extension: way === 'call' ? extension : '' } as const
}
