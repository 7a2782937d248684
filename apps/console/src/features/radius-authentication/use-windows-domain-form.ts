/** The form of the Windows domain: its checks, its save, its test of values that are not saved. */
import { windowsDomainInput, type WindowsDomainInput, type WindowsDomainView } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { t } from '../../lib/words.ts'
import { useChangeWindowsDomain, useTestWindowsDomain } from './windows-domain.ts'
import './page-words.ts'

const schema = windowsDomainInput.omit({ version: true })

export function useWindowsDomainForm(saved: WindowsDomainView, onSaved: () => void) {
  const change = useChangeWindowsDomain()
  const test = useTestWindowsDomain()
  const { form, notices, attempt, base, save } = useVersionedForm({
    ...{ schema, current: saved, valuesOf },
    save: (values, { version }) => change.mutateAsync({ ...values, version }),
    onSaved: () => {
      notifyDone(t('radius-authentication.windowsDomain.saved'))
      onSaved()
    },
  })
  const tryIt = form.handleSubmit((values) =>
    attempt(async () => {
      await test.mutateAsync({ ...values, version: base.version })
    }),
  )
  return { form, notices, test, saving: change.isPending, save, tryIt }
}

export type WindowsDomainFormState = ReturnType<typeof useWindowsDomainForm>['form']

function valuesOf(view: WindowsDomainView): Omit<WindowsDomainInput, 'version'> {
  const { domain, netbiosName, controllers, tls, caPem, mschapV2, account } = view
  return { domain, netbiosName, controllers, tls, caPem, mschapV2, account: { username: account.username } }
}
