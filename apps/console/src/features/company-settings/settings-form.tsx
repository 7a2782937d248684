/** The tabs of Company Settings over one form: what is typed on one is kept while another is looked at. */
import { Button, Fieldset, Group, Stack, Tabs } from '@mantine/core'
import { api, type CompanyView } from '@sallyport/contract'
import { Notice } from '@sallyport/ui'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMay } from '../../lib/session.ts'
import { UnsavedGuard } from '../../lib/unsaved-guard.tsx'
import { VersionedNotices } from '../../lib/versioned-notices.tsx'
import { t } from '../../lib/words.ts'
import { GeneralTab } from './general-tab.tsx'
import { LockoutTab } from './lockout-tab.tsx'
import { MessagesTab } from './messages-tab.tsx'
import { PinTab } from './pin-tab.tsx'
import { companyTabs, type CompanyTab } from './tabs.ts'
import { useCompanyForm } from './use-company-form.ts'
import './page-words.ts'

const route = getRouteApi('/signed-in/shell/company-settings')

export function SettingsForm({ settings }: { readonly settings: CompanyView }) {
  const { tab = 'general' } = route.useSearch()
  const navigate = useNavigate()
  const show = (chosen: CompanyTab | undefined) =>
    void navigate({ to: '/company-settings', search: { tab: chosen }, replace: true })
  const { may, reason } = useMay(api.company.change)
  const { form, notices, saving, save, reset } = useCompanyForm(settings, show)
  const { isDirty } = form.formState
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <UnsavedGuard when={isDirty && !saving} within="/company-settings" />
      <Stack gap="lg">
        {reason !== undefined && <Notice state="neutral" title={reason} />}
        <Tabs value={tab} onChange={(chosen) => show(companyTabs.find((name) => name === chosen))} keepMounted={false}>
          <Tabs.List mb="md">
            {companyTabs.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`company-settings.tab.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {companyTabs.map((name) => (
            <Tabs.Panel key={name} value={name}>
              <Fieldset disabled={!may} variant="unstyled" m={0} p={0}>
                <Panel tab={name} form={form} settings={settings} />
              </Fieldset>
            </Tabs.Panel>
          ))}
        </Tabs>
        <VersionedNotices of={notices} />
        {may && (
          <Group gap="sm">
            <Button type="submit" loading={saving}>
              {t('company-settings.save')}
            </Button>
            {isDirty && (
              <Button variant="default" disabled={saving} onClick={reset}>
                {t('company-settings.discard')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  )
}

interface PanelProps {
  readonly settings: CompanyView
  readonly tab: CompanyTab
  readonly form: ReturnType<typeof useCompanyForm>['form']
}

function Panel({ tab, form, settings }: PanelProps) {
  switch (tab) {
    case 'general':
      return <GeneralTab form={form} factorOff={settings.factorOff} />
    case 'pin':
      return <PinTab form={form} />
    case 'messages':
      return <MessagesTab form={form} />
    case 'lockout':
      return <LockoutTab form={form} fraudMail={settings.fraudMail} />
  }
}
