/** What a run that waits wants to know, and the yes or no. */
import { Checkbox, Group, Stack } from '@mantine/core'
import { api, type SyncRun } from '@sallyport/contract'
import { ConfirmDialog, notifyFailed, Section } from '@sallyport/ui'
import { useState } from 'react'
import { GuardedButton } from '../../lib/guarded-button.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import { counted, countsText } from './run-text.ts'
import { useApproveRun, useCancelRun } from './sync-data.ts'
import './sync-words.ts'
import './page-words.ts'

export function RunApproval({ run }: { readonly run: SyncRun }) {
  const approve = useApproveRun(run.id)
  const cancel = useCancelRun(run.id)
  const [adopt, setAdopt] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const failed = (problem: unknown) => notifyFailed(t('directory-sync.approval.failed'), problemText(problem))
  const what = countsText(run)
  return (
    <Section title={t('directory-sync.approval.title')} description={t('directory-sync.approval.text')}>
      <Stack gap="md">
        {run.adopted > 0 && (
          <Checkbox
            label={t('directory-sync.approval.adopt', counted(run.adopted))}
            description={t('directory-sync.approval.adoptHint')}
            checked={adopt}
            onChange={(event) => setAdopt(event.currentTarget.checked)}
          />
        )}
        <Group gap="sm">
          <GuardedButton needs={api.directorySync.approve} onClick={() => setAsking(true)}>
            {t('directory-sync.approval.yes')}
          </GuardedButton>
          <GuardedButton
            needs={api.directorySync.cancel}
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onError: failed })}
          >
            {t('directory-sync.approval.no')}
          </GuardedButton>
        </Group>
      </Stack>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('directory-sync.approval.question')}
        confirmLabel={t('directory-sync.approval.yes')}
        pending={approve.isPending}
        onConfirm={() =>
          approve.mutate(adopt, {
            onError: failed,
            onSettled: () => setAsking(false),
          })
        }
      >
        {t('directory-sync.approval.what', { what })}
      </ConfirmDialog>
    </Section>
  )
}
