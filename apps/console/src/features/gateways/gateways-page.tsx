/** Gateways: what brings text messages, phone calls and email to people, a tab each. */
import { Tabs } from '@mantine/core'
import { gatewayKind } from '@sallyport/contract'
import { Page } from '@sallyport/ui'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { t } from '../../lib/words.ts'
import { GatewayList } from './gateway-list.tsx'
import './gateway-words.ts'

const route = getRouteApi('/signed-in/shell/gateways')
const kinds = gatewayKind.options

export function GatewaysPage() {
  const { tab = 'sms' } = route.useSearch()
  const navigate = useNavigate()
  const show = (chosen: string | null) =>
    void navigate({ to: '/gateways', search: { tab: kinds.find((kind) => kind === chosen) }, replace: true })
  return (
    <Page title={t('gateways.title')} description={t('gateways.description')}>
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          {kinds.map((kind) => (
            <Tabs.Tab key={kind} value={kind}>
              {t(`gateways.tab.${kind}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {kinds.map((kind) => (
          <Tabs.Panel key={kind} value={kind}>
            <GatewayList kind={kind} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}
