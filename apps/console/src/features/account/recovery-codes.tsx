/** How many recovery codes are left, and drawing new ones. */
import { Button, Modal, Text } from '@mantine/core'
import { api, type AccountView } from '@sallyport/contract'
import { notifyFailed, RelativeTime, Section } from '@sallyport/ui'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { RecoveryCodesShown } from '../../lib/own-factors/recovery-codes-shown.tsx'
import { problemText } from '../../lib/problem-text.ts'
import { language, t } from '../../lib/words.ts'
import { useAccountChanged } from './account-data.ts'
import './page-words.ts'

export function RecoveryCodes({ account: { totp, passkeys, recoveryCodes } }: { readonly account: AccountView }) {
  const changed = useAccountChanged()
  const draw = useMutation({
    mutationFn: () => call(api.account.drawRecoveryCodes, {}),
    // The answer holds the codes: it is not kept once they were closed.
    gcTime: 0,
    onError: (error) => notifyFailed(t('account.codes.failed'), problemText(error)),
    onSettled: changed,
  })
  return (
    <Section
      title={t('account.codes.title')}
      description={t('account.codes.text')}
      action={
        <Button
          variant="default"
          disabled={totp === null && passkeys.length === 0}
          loading={draw.isPending}
          onClick={() => draw.mutate()}
        >
          {t('account.codes.draw')}
        </Button>
      }
    >
      <Text size="sm" c={recoveryCodes === null ? 'dimmed' : 'var(--mantine-color-text)'}>
        {recoveryCodes === null ? (
          t('account.codes.none')
        ) : (
          <>
            {t('account.codes.left', { count: recoveryCodes.left })} ·{' '}
            <RelativeTime at={recoveryCodes.createdAt} locale={language()} />
          </>
        )}
      </Text>
      {draw.data !== undefined && (
        <Modal
          opened
          onClose={draw.reset}
          size="lg"
          title={t('account.codes.title')}
          closeOnClickOutside={false}
          closeOnEscape={false}
          withCloseButton={false}
        >
          <RecoveryCodesShown codes={draw.data.codes} onDone={draw.reset} />
        </Modal>
      )}
    </Section>
  )
}
