/** The authenticator: its screens, and which of them is shown. Whatever asks comes first. */
import { lazy, Suspense, useCallback, useState } from 'react'
import { LoadingPanel } from '@sallyport/ui'
import { AddAccount } from './add/add-account.tsx'
import { ModelContext } from './model.ts'
import { RequestPage } from './request/request-page.tsx'
import { Shell, type Tab } from './shell.tsx'
import { HomeScreen } from './screens/home-screen.tsx'
import { useAuthenticator } from './use-authenticator.ts'

// What the first look does not need comes after it; the service worker keeps it on the device all the same.
const CodesScreen = lazy(() => import('./screens/codes-screen.tsx').then((file) => ({ default: file.CodesScreen })))
const ConfirmDevice = lazy(() => import('./add/confirm-device.tsx').then((file) => ({ default: file.ConfirmDevice })))
const HistoryScreen = lazy(() =>
  import('./screens/history-screen.tsx').then((file) => ({ default: file.HistoryScreen })),
)
const SettingsScreen = lazy(() =>
  import('./screens/settings-screen.tsx').then((file) => ({ default: file.SettingsScreen })),
)

export function AuthenticatorApp() {
  const model = useAuthenticator()
  const [tab, setTab] = useState<Tab>('home')
  const [isAdding, setAdding] = useState(() => window.location.hash.startsWith('#activate='))
  const [confirmingId, setConfirmingId] = useState<string | null>(null)
  const confirmed = useCallback(() => setConfirmingId(null), [])
  const [shownId, setShownId] = useState<string | null>(null)
  if (model === null) return <LoadingPanel />
  const { accounts, asking } = model
  // The one that is being answered stays until its result was read, also when another comes.
  const current = asking.find(({ request }) => request.id === shownId) ?? asking[0]
  const confirming = accounts.find(({ deviceId }) => deviceId === confirmingId)

  return (
    <ModelContext value={model}>
      {isAdding || accounts.length === 0 ? (
        <AddAccount
          isFirst={accounts.length === 0}
          onDone={(toConfirm) => {
            setAdding(false)
            setConfirmingId(toConfirm)
            setTab('home')
          }}
        />
      ) : confirming !== undefined ? (
        <Suspense fallback={<LoadingPanel />}>
          <ConfirmDevice account={confirming} onDone={confirmed} />
        </Suspense>
      ) : (
        <>
          <RequestPage current={current} onShow={setShownId} waiting={asking.length} />
          <Shell tab={tab} onTab={setTab}>
            <Suspense fallback={<LoadingPanel />}>
              {tab === 'home' && <HomeScreen onSettings={() => setTab('settings')} />}
              {tab === 'codes' && <CodesScreen />}
              {tab === 'history' && <HistoryScreen />}
              {tab === 'settings' && <SettingsScreen onAdd={() => setAdding(true)} />}
            </Suspense>
          </Shell>
        </>
      )}
    </ModelContext>
  )
}
