/** RADIUS Authentication: the switch on top, then who may ask, then what checks the passwords. */
import { SimpleGrid, Stack, Tabs } from '@mantine/core'
import { Page } from '@sallyport/ui'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { t } from '../../lib/words.ts'
import { AccountingPorts, SilenceHours } from './accounting-settings.tsx'
import { AuthenticationPorts } from './authentication-ports.tsx'
import { ClientList } from './client-list.tsx'
import { EnableRadius } from './enable-radius.tsx'
import { RadsecSection } from './radsec-section.tsx'
import { ReplyRules } from './reply-rules.tsx'
import { Target } from './target.tsx'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/radius-authentication')
const tabs = ['clients', 'target', 'reply-attributes'] as const

export function RadiusAuthenticationPage() {
  const { tab = 'clients' } = route.useSearch()
  const navigate = useNavigate()
  const show = (chosen: string | null) =>
    void navigate({
      to: '/radius-authentication',
      search: { tab: tabs.find((name) => name === chosen) },
      replace: true,
    })
  return (
    <Page title={t('radius-authentication.title')} description={t('radius-authentication.description')}>
      <EnableRadius />
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`radius-authentication.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="clients">
          <Stack gap="lg">
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
              <AuthenticationPorts />
              <AccountingPorts />
              <SilenceHours />
            </SimpleGrid>
            <ClientList />
            <RadsecSection />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="target">
          <Target />
        </Tabs.Panel>
        <Tabs.Panel value="reply-attributes">
          <ReplyRules />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
