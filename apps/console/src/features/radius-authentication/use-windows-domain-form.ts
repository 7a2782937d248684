/** The form of the Windows domain: its checks, its save, its test of values that are not saved. */
import { windowsDomainInput, type WindowsDomainInput, type WindowsDomainView } from '@sallyport/contract'
import { notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import { ApiProblem } from '../../lib/api.ts'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { t } from '../../lib/words.ts'
import { useChangeWindowsDomain, useTestWindowsDomain } from './windows-domain.ts'
import './page-words.ts'

const schema = windowsDomainInput.omit({ version: true })

export function useWindowsDomainForm(saved: WindowsDomainView, onSaved: () => void) {
  const form = useSchemaForm(schema, valuesOf(saved))
  const [version, setVersion] = useState(saved.version)
  const [problem, setProblem] = useState<string>()
  const [conflict, setConflict] = useState(false)
  const change = useChangeWindowsDomain()
  const test = useTestWindowsDomain()

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
  const saveOver = (sent: number) =>
    form.handleSubmit((values) =>
      attempt(async () => {
        const now = await change.mutateAsync({ ...values, version: sent })
        setVersion(now.version)
        form.reset(valuesOf(now))
        notifyDone(t('radius-authentication.windowsDomain.saved'))
        onSaved()
      }),
    )
  const takeTheirs = () => {
    setConflict(false)
    setVersion(saved.version)
    form.reset(valuesOf(saved))
  }
  return {
    ...{ form, theirs: valuesOf(saved), problem, conflict, test, takeTheirs },
    saving: change.isPending,
    save: saveOver(version),
    saveMine: () => saveOver(saved.version)(),
    tryIt: form.handleSubmit((values) =>
      attempt(async () => {
        await test.mutateAsync({ ...values, version })
      }),
    ),
  }
}

export type WindowsDomainFormState = ReturnType<typeof useWindowsDomainForm>['form']

function valuesOf(view: WindowsDomainView): Omit<WindowsDomainInput, 'version'> {
  const { domain, netbiosName, controllers, tls, caPem, mschapV2, account } = view
  return { domain, netbiosName, controllers, tls, caPem, mschapV2, account: { username: account.username } }
}
