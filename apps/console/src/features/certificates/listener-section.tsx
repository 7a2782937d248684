/** Console or portal: what it shows, and the ways to choose another certificate. */
import { Button, Group, Stack } from '@mantine/core'
import { api, type ListenerCertificateView } from '@sallyport/contract'
import { ConfirmDialog, Notice, notifyDone, Section } from '@sallyport/ui'
import { useState } from 'react'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { CertificateFacts } from './certificate-facts.tsx'
import { useResetCertificate } from './certificate-data.ts'
import { FilesDialog, PasteDialog, SelfSignedDialog } from './choice-dialogs.tsx'
import type { ChoiceProps } from './choice-dialog.tsx'
import './page-words.ts'

const dialogs = { self: SelfSignedDialog, paste: PasteDialog, files: FilesDialog, reset: ResetDialog } as const
const needs = {
  self: api.listenerCertificates.makeSelfSigned,
  paste: api.listenerCertificates.paste,
  files: api.listenerCertificates.pointTo,
  reset: api.listenerCertificates.reset,
} as const
type How = keyof typeof dialogs

export function ListenerSection({ listener }: { readonly listener: ListenerCertificateView }) {
  const [how, setHow] = useState<How>()
  const { source, shows, certificateFile, keyFile, nextAddress, chainPem } = listener
  const Dialog = how === undefined ? undefined : dialogs[how]
  const ways = (['self', 'paste', 'files', 'reset'] as const).filter(
    (each) => each !== 'reset' || source !== 'environment',
  )
  const files = shows === 'files' ? [certificateFile, keyFile].filter((each) => each !== null) : []
  return (
    <Section title={t(`certificates.listener.${listener.listener}`)}>
      <Stack>
        <CertificateFacts standing={listener} shows={shows} files={files} />
        {nextAddress !== null && (
          <Notice state="neutral" title={t('certificates.next', { address: nextAddress })}>
            {t('certificates.nextText')}
          </Notice>
        )}
        <Group gap="xs">
          {ways.map((each) => (
            <GuardedButton key={each} needs={needs[each]} variant="default" size="xs" onClick={() => setHow(each)}>
              {t(`certificates.button.${each}`)}
            </GuardedButton>
          ))}
          {chainPem !== null && (
            <Button
              component="a"
              variant="default"
              size="xs"
              href={`data:application/x-pem-file;charset=utf-8,${encodeURIComponent(chainPem)}`}
              download={`${listener.listener}.pem`}
            >
              {t('certificates.button.download')}
            </Button>
          )}
        </Group>
      </Stack>
      {Dialog !== undefined && <Dialog listener={listener} onClose={() => setHow(undefined)} />}
    </Section>
  )
}

function ResetDialog({ listener, onClose }: ChoiceProps) {
  const reset = useResetCertificate()
  const name = t(`certificates.listener.${listener.listener}`)
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('certificates.reset.title')}
      confirmLabel={t('certificates.reset.confirm')}
      pending={reset.isPending}
      onConfirm={() =>
        reset.mutate(listener, {
          onSuccess: () => {
            notifyDone(t('certificates.savedReset', { name }))
            onClose()
          },
        })
      }
    >
      <Stack gap="sm">
        {reset.error !== null && <Notice state="bad" role="alert" title={problemText(reset.error)} />}
        <div>{t('certificates.reset.text', { name })}</div>
      </Stack>
    </ConfirmDialog>
  )
}
