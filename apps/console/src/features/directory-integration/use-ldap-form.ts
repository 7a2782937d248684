/** The LDAP form: its checks, its save, its test of values that are not saved. */
import { ldapInput, type LdapView } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useVersionedForm } from '../../lib/use-versioned-form.ts'
import { t } from '../../lib/words.ts'
import { ldapBody, ldapFormValues } from './ldap-form-values.ts'
import { useChangeLdap, useTestLdap } from './mutations.ts'
import './page-words.ts'

const schema = ldapInput.omit({ version: true })

export function useLdapForm(ldap: LdapView, onSaved?: () => void) {
  const change = useChangeLdap()
  const test = useTestLdap()
  const { form, notices, attempt, base, save } = useVersionedForm({
    ...{ schema, current: ldap, valuesOf: ldapFormValues },
    save: (values, { version }) => change.mutateAsync(ldapBody(values, version)),
    onSaved: () => {
      notifyDone(t('directory-integration.saved'))
      onSaved?.()
    },
  })
  const tryIt = form.handleSubmit((values) =>
    attempt(async () => {
      await test.mutateAsync(ldapBody(values, base.version))
    }),
  )
  return { form, notices, test, saving: change.isPending, save, tryIt }
}

export type LdapFormState = ReturnType<typeof useLdapForm>['form']
