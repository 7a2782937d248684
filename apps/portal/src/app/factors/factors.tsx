/** One's second factors: what there is, what can be added, and what is asked before anything changes. */
import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { portalApi, type OwnToken, type PortalSessionView } from '@sallyport/contract/portal'
import { ConfirmDialog, LoadingPanel, Notice, notifyDone } from '@sallyport/ui'
import { IconDeviceMobile, IconDeviceMobileCode, IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../../lib/portal-api.ts'
import { t } from '../../lib/words.ts'
import { SignIn } from '../sign-in/sign-in.tsx'
import { AddHardwareToken } from './add-hardware-token.tsx'
import { AddSoftwareToken } from './add-software-token.tsx'
import { FactorCard } from './factor-card.tsx'
import { Resynchronise } from './resynchronise.tsx'
import { useFactors } from './use-factors.ts'

export interface FactorsProps {
  readonly session: PortalSessionView
  readonly onSession: (session: PortalSessionView | null) => void
}

type Open =
  | { readonly kind: 'software' | 'hardware' }
  | { readonly kind: 'resynchronise'; readonly token: OwnToken }
  | { readonly kind: 'remove'; readonly what: 'token' | 'device'; readonly id: string; readonly name: string }

const signedOut = (onSession: FactorsProps['onSession']) => () => onSession(null)

export function Factors({ session, onSession }: FactorsProps) {
  const [onSessionOver] = useState(() => signedOut(onSession))
  const course = useFactors(onSessionOver)
  const [open, setOpen] = useState<Open>()
  const { factors, failure, isBusy } = course
  if (factors === undefined) return failure === null ? <LoadingPanel /> : <Notice state="bad" title={failure} />
  const show = (next: Open | undefined) => {
    course.clear()
    setOpen(next)
  }
  const close = () => show(undefined)
  const added = () => {
    notifyDone(t('factors.added'))
    close()
  }
  const mayChange = session.kind === 'full'
  const remove = ({ what, id }: Extract<Open, { kind: 'remove' }>) =>
    course
      .change(() =>
        call(what === 'token' ? portalApi.factors.removeToken : portalApi.factors.removeDevice, { body: { id } }),
      )
      .then((done) => {
        if (done) notifyDone(t('factors.removed'))
        setOpen(undefined)
      })
  const hasAny = factors.tokens.length + factors.devices.length > 0
  return (
    <Stack gap="md" component="section" aria-labelledby="factors">
      <Title order={2} fz="h3" id="factors">
        {t('factors.title')}
      </Title>
      {!mayChange && (
        <Notice state={hasAny ? 'good' : 'neutral'} title={t(hasAny ? 'factors.enrolled' : 'factors.enrolment')}>
          {t(hasAny ? 'factors.enrolledText' : 'factors.enrolmentText')}
        </Notice>
      )}
      {failure !== null && open === undefined && <Notice state="bad" role="alert" title={failure} />}
      {!hasAny && mayChange && <Text c="dimmed">{t('factors.none')}</Text>}
      {factors.tokens.map((token) => (
        <FactorCard
          key={token.id}
          icon={token.software ? <IconDeviceMobileCode aria-hidden size={28} /> : <IconKey aria-hidden size={28} />}
          title={token.name || t(token.software ? 'factors.softwareToken' : 'factors.hardwareToken')}
          detail={t('factors.serialNumber', { number: token.serialNumber })}
          usedAt={token.lastUsedAt}
          actions={
            mayChange
              ? [
                  { name: t('factors.resynchronise.open'), act: () => show({ kind: 'resynchronise', token }) },
                  {
                    name: t('factors.remove.open'),
                    act: () =>
                      show({ kind: 'remove', what: 'token', id: token.id, name: token.name || token.serialNumber }),
                  },
                ]
              : []
          }
        />
      ))}
      {factors.devices.map((device) => (
        <FactorCard
          key={device.id}
          icon={<IconDeviceMobile aria-hidden size={28} />}
          title={device.name}
          detail={t('factors.device')}
          usedAt={device.lastSeenAt}
          actions={
            mayChange
              ? [
                  {
                    name: t('factors.remove.open'),
                    act: () => show({ kind: 'remove', what: 'device', id: device.id, name: device.name }),
                  },
                ]
              : []
          }
        />
      ))}
      <Group gap="sm">
        {factors.mayEnrol.includes('software-token') && (
          <Button variant={hasAny ? 'default' : 'filled'} onClick={() => show({ kind: 'software' })}>
            {t('factors.software.open')}
          </Button>
        )}
        {factors.mayEnrol.includes('hardware-token') && (
          <Button variant="default" onClick={() => show({ kind: 'hardware' })}>
            {t('factors.hardware.open')}
          </Button>
        )}
      </Group>
      {!course.needsProof && open?.kind === 'software' && (
        <AddSoftwareToken course={course} onClose={close} onAdded={added} />
      )}
      {!course.needsProof && open?.kind === 'hardware' && (
        <AddHardwareToken course={course} onClose={close} onAdded={added} />
      )}
      {!course.needsProof && open?.kind === 'resynchronise' && (
        <Resynchronise token={open.token} course={course} onClose={close} />
      )}
      {!course.needsProof && open?.kind === 'remove' && (
        <ConfirmDialog
          opened
          onClose={close}
          title={t('factors.remove.title', { name: open.name })}
          confirmLabel={t('factors.remove.open')}
          pending={isBusy}
          onConfirm={() => void remove(open)}
        >
          {t('factors.remove.text')}
        </ConfirmDialog>
      )}
      <Modal
        opened={course.needsProof}
        onClose={course.proven}
        title={t('factors.proof.title')}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
      >
        <Stack>
          <Text>{t(mayChange ? 'factors.proof.text' : 'factors.proof.linkOver')}</Text>
          {mayChange && (
            <SignIn
              linkToken={null}
              onSignedIn={(proven) => {
                onSession(proven)
                course.proven()
              }}
            />
          )}
        </Stack>
      </Modal>
    </Stack>
  )
}
