/** The second factors that somebody has, each with what can be done with it. */
import type { OwnDevice, OwnFactors, OwnToken } from '@sallyport/contract/portal'
import { IconDeviceMobile, IconDeviceMobileCode, IconKey } from '@tabler/icons-react'
import { t } from '../../lib/words.ts'
import { FactorCard } from './factor-card.tsx'
import type { Open } from './factor-dialogs.tsx'

export interface FactorListProps {
  readonly factors: OwnFactors
  readonly mayChange: boolean
  readonly mayRemove: boolean
  readonly onOpen: (open: Open) => void
}

export function FactorList({ factors, mayChange, mayRemove, onOpen }: FactorListProps) {
  const forToken = (token: OwnToken) => {
    const { id, serialNumber } = token
    const name = token.name || serialNumber
    const resynchronise = {
      name: t('factors.resynchronise.open'),
      act: () => onOpen({ kind: 'resynchronise', token }),
    }
    const remove = {
      name: t('factors.remove.open'),
      act: () => onOpen({ kind: 'remove', what: 'token', id, name }),
    }
    return [...(mayChange ? [resynchronise] : []), ...(mayRemove ? [remove] : [])]
  }
  const forDevice = ({ id, name }: OwnDevice) => {
    const rename = { name: t('factors.rename.open'), act: () => onOpen({ kind: 'rename', id, name }) }
    const remove = {
      name: t('factors.remove.open'),
      act: () => onOpen({ kind: 'remove', what: 'device', id, name }),
    }
    return [...(mayChange ? [rename] : []), ...(mayRemove ? [remove] : [])]
  }
  return (
    <>
      {factors.tokens.map((token) => (
        <FactorCard
          key={token.id}
          icon={token.software ? <IconDeviceMobileCode aria-hidden size={28} /> : <IconKey aria-hidden size={28} />}
          title={token.name || t(token.software ? 'factors.softwareToken' : 'factors.hardwareToken')}
          detail={t('factors.serialNumber', { number: token.serialNumber })}
          used={t('factors.lastUsed')}
          usedAt={token.lastUsedAt}
          actions={forToken(token)}
        />
      ))}
      {factors.devices.map((device) => (
        <FactorCard
          key={device.id}
          icon={<IconDeviceMobile aria-hidden size={28} />}
          title={device.name}
          detail={t('factors.device')}
          used={t('factors.lastSeen')}
          usedAt={device.lastSeenAt}
          actions={forDevice(device)}
        />
      ))}
    </>
  )
}
