/** Whether built-in users may sign in by MS-CHAPv2: allowed only after a dialog has said what an NT hash is. */
import { Checkbox, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { api, type BuiltInView } from '@sallyport/contract'
import { ConfirmDialog, notifyDone, notifyFailed } from '@sallyport/ui'
import { problemText } from '../../lib/problem-text.ts'
import { useMay } from '../../lib/session.ts'
import { t } from '../../lib/words.ts'
import { useChangeBuiltIn } from './built-in.ts'
import './page-words.ts'

export function BuiltInMschap({ settings }: { readonly settings: BuiltInView }) {
  const { may } = useMay(api.builtIn.change)
  const change = useChangeBuiltIn()
  const [asking, { open, close }] = useDisclosure(false)
  const { allowMschapV2, maximumAgeDays, version, usersWithPassword, usersWithNtHash } = settings
  const next = !allowMschapV2
  const confirm = () =>
    change.mutate(
      { allowMschapV2: next, maximumAgeDays, version },
      {
        onSuccess: () => notifyDone(t(`radius-authentication.builtIn.mschap.${next ? 'on' : 'off'}`)),
        onError: (error) => notifyFailed(t('radius-authentication.builtIn.mschap.notChanged'), problemText(error)),
        onSettled: close,
      },
    )
  return (
    <>
      <Checkbox
        label={t('radius-authentication.builtIn.mschap.label')}
        description={
          allowMschapV2
            ? t('radius-authentication.builtIn.mschap.count', { with: usersWithNtHash, of: usersWithPassword })
            : t('radius-authentication.builtIn.mschap.hint')
        }
        checked={allowMschapV2}
        disabled={!may || change.isPending}
        onChange={open}
      />
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t(`radius-authentication.builtIn.mschap.${next ? 'allowTitle' : 'forbidTitle'}`)}
        confirmLabel={t(`radius-authentication.builtIn.mschap.${next ? 'allow' : 'forbid'}`)}
        pending={change.isPending}
        onConfirm={confirm}
      >
        {next ? (
          <>
            <Text size="sm" mb="sm">
              {t('radius-authentication.builtIn.mschap.allowText')}
            </Text>
            <Text size="sm">{t('radius-authentication.builtIn.mschap.allowThen')}</Text>
          </>
        ) : (
          t('radius-authentication.builtIn.mschap.forbidText', { count: usersWithNtHash })
        )}
      </ConfirmDialog>
    </>
  )
}
