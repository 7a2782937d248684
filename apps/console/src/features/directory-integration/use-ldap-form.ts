/** The LDAP form: its checks, its save, its test of values that are not saved. */
import { ldapInput, type LdapInput, type LdapView } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { t } from '../../lib/words.ts'
import { ldapBody, ldapFormValues, type LdapForm } from './ldap-form-values.ts'
import { useChangeLdap, useTestLdap } from './mutations.ts'
import './page-words.ts'

const schema = ldapInput.omit({ version: true })

export function useLdapForm(ldap: LdapView, onSaved?: () => void) {
  const form = useSchemaForm(schema, ldapFormValues(ldap))
  const [version, setVersion] = useState(ldap.version)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const change = useChangeLdap()
  const test = useTestLdap()

  const attempt = async (act: () => Promise<void>) => {
    setProblem(undefined)
    setConflict(false)
    try {
      await act()
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'changed-meanwhile') setConflict(true)
      else setProblem(applyProblem(form, error))
    }
  }
  const saveWith = (sentVersion: number) =>
    form.handleSubmit((values: LdapForm) =>
      attempt(async () => {
        const body: LdapInput = ldapBody(values, sentVersion)
        const saved = await change.mutateAsync(body)
        setVersion(saved.version)
        form.reset(ldapFormValues(saved))
        notifyDone(t('directory-integration.saved'))
        onSaved?.()
      }),
    )
  const tryIt = form.handleSubmit((values: LdapForm) =>
    attempt(async () => {
      await test.mutateAsync(ldapBody(values, version))
    }),
  )
  const takeTheirs = () => {
    setConflict(false)
    setVersion(ldap.version)
    form.reset(ldapFormValues(ldap))
  }
  return {
    form,
    problem,
    conflict,
    test,
    saving: change.isPending,
    save: saveWith(version),
    saveMine: () => saveWith(ldap.version)(),
    takeTheirs,
    tryIt,
  }
}

export type LdapFormState = ReturnType<typeof useLdapForm>['form']
