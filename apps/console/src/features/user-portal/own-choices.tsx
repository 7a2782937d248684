/** What people may choose for themselves in the portal, and the bypass that they may give themselves. */
import { Checkbox, NativeSelect, Stack } from '@mantine/core'
import type { PortalSettings } from '@sallyport/contract'
import { Notice, Section } from '@sallyport/ui'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export interface OwnChoicesProps {
  readonly settings: Pick<PortalSettings, 'chooseOrder' | 'chooseModes' | 'ownBypassSeconds'>
  readonly disabled: boolean
  readonly onSave: (changed: Partial<OwnChoicesProps['settings']>) => void
}

const offered = [60, 300, 900, 1800, 3600]

export function OwnChoices({ settings, disabled, onSave }: OwnChoicesProps) {
  const { chooseOrder, chooseModes, ownBypassSeconds } = settings
  const seconds = [...new Set([...offered, ...(ownBypassSeconds > 0 ? [ownBypassSeconds] : [])])].sort((a, b) => a - b)
  return (
    <Section title={t('user-portal.choices.title')} description={t('user-portal.choices.text')}>
      <Stack gap="md">
        <Checkbox
          label={t('user-portal.choices.order')}
          description={t('user-portal.choices.order-hint')}
          checked={chooseOrder}
          disabled={disabled}
          onChange={(event) => onSave({ chooseOrder: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('user-portal.choices.modes')}
          description={t('user-portal.choices.modes-hint')}
          checked={chooseModes}
          disabled={disabled}
          onChange={(event) => onSave({ chooseModes: event.currentTarget.checked })}
        />
        <NativeSelect
          label={t('user-portal.choices.bypass')}
          description={t('user-portal.choices.bypass-hint')}
          maw="22rem"
          value={String(ownBypassSeconds)}
          disabled={disabled}
          onChange={(event) => onSave({ ownBypassSeconds: Number(event.currentTarget.value) })}
          data={[
            { value: '0', label: t('user-portal.choices.bypassOff') },
            ...seconds.map((each) => ({
              value: String(each),
              label: t('user-portal.choices.bypassFor', { count: Math.ceil(each / 60) }),
            })),
          ]}
        />
        {ownBypassSeconds > 0 && <Notice state="warning" title={t('user-portal.choices.bypassWarning')} />}
      </Stack>
    </Section>
  )
}
