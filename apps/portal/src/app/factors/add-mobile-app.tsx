/** Setting up the mobile app: its code is shown once, the device that uses it is noticed, and what that device shows is typed here. */
import { Button, Group, Text } from '@mantine/core'
import { portalApi, type MobileAppCandidate } from '@sallyport/contract/portal'
import type { AppActivation } from '@sallyport/contract'
import { FormDialog, LoadingPanel, Notice } from '@sallyport/ui'
import { useCallback, useEffect, useRef, useState, type SubmitEvent } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { ActivationShown } from './activation-shown.tsx'
import type { AddFactorProps } from './add-software-token.tsx'
import { CodeInput } from './code-input.tsx'

type Device = NonNullable<MobileAppCandidate['device']>

const lookEveryMs = 2_000

export function AddMobileApp({ course, onClose, onAdded }: AddFactorProps) {
  const { ask, change, failure, isBusy } = course
  const [activation, setActivation] = useState<AppActivation>()
  const [device, setDevice] = useState<Device>()
  const [code, setCode] = useState('')
  const begin = useCallback(() => ask(() => call(portalApi.mobileApp.begin)).then(setActivation), [ask])
  const asked = useRef(false)
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    // A device that was registered before this page was loaded anew waits to be confirmed.
    void ask(() => call(portalApi.mobileApp.read)).then((found) => {
      if (found?.device) setDevice(found.device)
      else if (found !== undefined) void begin()
    })
  }, [ask, begin])
  useRegistered(device === undefined ? activation : undefined, setDevice)

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (device === undefined) return
    void change(() => call(portalApi.mobileApp.confirm, { body: { id: device.id, code } })).then(
      (done) => done && onAdded(),
    )
  }
  const discard = () => ask(() => call(portalApi.mobileApp.discard))
  const startOver = async () => {
    await discard()
    setDevice(undefined)
    setActivation(undefined)
    setCode('')
    await begin()
  }
  return (
    <FormDialog
      opened
      onClose={() => {
        // What was shown is worth nothing any more, whether or not the server can be told.
        void call(portalApi.mobileApp.discard).catch(() => undefined)
        onClose()
      }}
      title={t('factors.app.title')}
      submitLabel={t('factors.app.submit')}
      onSubmit={submit}
      pending={isBusy}
      submitDisabled={device === undefined || code === ''}
    >
      {failure !== null && <Notice state="bad" role="alert" title={failure} />}
      {device === undefined && activation === undefined && failure === null && <LoadingPanel lines={4} />}
      {device === undefined && activation !== undefined && <ActivationShown activation={activation} />}
      {device !== undefined && (
        <>
          <Notice state="good" role="status" title={t('factors.app.registered', { name: device.name })}>
            {t('factors.app.registeredText')}
          </Notice>
          <CodeInput
            label={t('factors.app.code')}
            description={t('factors.app.codeHint')}
            value={code}
            onType={setCode}
            autoFocus
          />
          <Group gap="sm">
            <Text size="sm">{t('factors.app.notMineText')}</Text>
            <Button variant="default" size="xs" disabled={isBusy} onClick={() => void startOver()}>
              {t('factors.app.notMine')}
            </Button>
          </Group>
        </>
      )}
    </FormDialog>
  )
}

/** Looks every now and then whether a device has used the code, for as long as the code counts. */
function useRegistered(activation: AppActivation | undefined, onDevice: (device: Device) => void): void {
  useEffect(() => {
    if (activation === undefined) return
    const end = Date.parse(activation.expiresAt)
    let timer: ReturnType<typeof setTimeout>
    let isCurrent = true
    const look = async () => {
      const found = await call(portalApi.mobileApp.read).catch(() => undefined)
      if (!isCurrent) return
      if (found?.device) onDevice(found.device)
      else if (Date.now() < end) timer = setTimeout(() => void look(), lookEveryMs)
    }
    timer = setTimeout(() => void look(), lookEveryMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [activation, onDevice])
}
