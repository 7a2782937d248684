/** The first step: the number or address, and how it is proven. */
import { Text, TextInput } from '@mantine/core'
import type { ContactWay, OwnContact } from '@sallyport/contract/portal'
import { FormDialog, Notice, RadioCards } from '@sallyport/ui'
import { t } from '../../lib/words.ts'
import type { Course } from '../course/use-course.ts'

export interface Entered {
  readonly value: string
  readonly way: ContactWay
  readonly extension: string
}

export interface EnterContactProps {
  readonly title: string
  readonly entered: Entered
  readonly ways: readonly ContactWay[]
  readonly isMail: boolean
  readonly course: Course<OwnContact>
  readonly onEnter: (entered: Entered) => void
  readonly onSend: () => void
  readonly onClose: () => void
}

export function EnterContact(props: EnterContactProps) {
  const { title, entered, ways, isMail, course, onEnter, onSend, onClose } = props
  const { value, way, extension } = entered
  return (
    <FormDialog
      opened
      onClose={onClose}
      size="md"
      title={title}
      submitLabel={t(`contact.send.${way}`)}
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
      pending={course.isBusy}
    >
      {course.failure !== null && <Notice state="bad" role="alert" title={course.failure} />}
      <TextInput
        label={t(isMail ? 'contact.email' : 'contact.number')}
        description={t(isMail ? 'contact.emailHint' : 'contact.numberHint')}
        type={isMail ? 'email' : 'tel'}
        autoComplete={isMail ? 'email' : 'tel'}
        placeholder={isMail ? 'name@example.com' : '+49 30 901820'}
        required
        maxLength={isMail ? 254 : 40}
        size="md"
        data-autofocus
        value={value}
        onChange={(event) => onEnter({ ...entered, value: event.currentTarget.value })}
      />
      {ways.length > 1 && (
        <RadioCards
          label={t('contact.how')}
          value={way}
          onChange={(chosen) => onEnter({ ...entered, way: chosen === 'call' ? 'call' : 'text' })}
          choices={ways.map((each) => ({
            value: each,
            label: t(`contact.way.${each}`),
            description: t(`contact.wayText.${each}`),
          }))}
        />
      )}
      {way === 'call' && (
        <TextInput
          label={t('contact.extension')}
          description={t('contact.extensionHint')}
          inputMode="tel"
          autoComplete="off"
          maxLength={20}
          size="md"
          value={extension}
          onChange={(event) => onEnter({ ...entered, extension: event.currentTarget.value })}
        />
      )}
      {ways.length === 1 && <Text size="sm">{t(`contact.wayText.${way}`)}</Text>}
    </FormDialog>
  )
}
