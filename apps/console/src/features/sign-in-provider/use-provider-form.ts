/** The form of the provider: its checks, its save, its test of values that are not saved. */
import { openIdInput, type OpenIdView } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { t } from '../../lib/words.ts'
import { useChangeProvider, useTestProvider } from './provider-data.ts'
import './page-words.ts'

const schema = openIdInput.omit({ version: true })

export function useProviderForm(saved: OpenIdView) {
  const change = useChangeProvider()
  const test = useTestProvider()
  const { form, notices, attempt, base, save } = useVersionedForm({
    ...{ schema, current: saved, valuesOf },
    save: (values, { version }) => change.mutateAsync({ ...values, version }),
    onSaved: () => notifyDone(t('sign-in-provider.saved')),
  })
  const tryIt = form.handleSubmit((values) =>
    attempt(async () => {
      await test.mutateAsync({ ...values, version: base.version })
    }),
  )
  return { form, notices, test, saving: change.isPending, save, tryIt }
}

export type ProviderFormState = ReturnType<typeof useProviderForm>['form']

function valuesOf(view: OpenIdView) {
  const { enabled, issuer, clientId, claim, label, trustSecondFactor, multifactorAcr, caPem } = view
  return {
    ...{ enabled, issuer, clientId, clientSecret: undefined, claim, label },
    ...{ trustSecondFactor, multifactorAcr, caPem },
  }
}
