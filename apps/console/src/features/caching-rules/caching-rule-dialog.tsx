/** The dialog of one caching rule: what must be the same, which methods count, and for how long. */
import { api, cacheScope, createCacheRuleInput, factorKind, type CacheRuleView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useState } from 'react'
import type { z } from 'zod'
import { ClientField, clientChoice } from '../../lib/client-field.tsx'
import { CheckField, MultiSelectField, NumberField, SelectField } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { useMay } from '../../lib/session.ts'
import { language, t } from '../../lib/words.ts'
import { useChangeCachingRule, useCreateCachingRule } from './caching-rule-data.ts'
import { spanText } from './span-text.ts'
import '../../lib/sign-ins/page-words.ts'
import './page-words.ts'

const formSchema = createCacheRuleInput.extend({ clientId: clientChoice })
type Values = z.input<typeof formSchema>

export interface CachingRuleDialogProps {
  /** Undefined: a new one. */
  readonly rule: CacheRuleView | undefined
  readonly onClose: () => void
}

export function CachingRuleDialog({ rule, onClose }: CachingRuleDialogProps) {
  const { may, reason } = useMay(api.cacheRules.create)
  const form = useSchemaForm(formSchema, defaultsOf(rule))
  const create = useCreateCachingRule()
  const change = useChangeCachingRule()
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async (body) => {
    setProblem(undefined)
    try {
      if (rule === undefined) await create.mutateAsync(body)
      else await change.mutateAsync({ ...body, id: rule.id, version: rule.version })
      notifyDone(t(rule === undefined ? 'caching-rules.added' : 'caching-rules.saved'))
      onClose()
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  const { control, formState } = form
  const [scope, seconds] = form.watch(['scope', 'seconds'])
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(rule === undefined ? 'caching-rules.addTitle' : 'caching-rules.editTitle')}
      submitLabel={t(rule === undefined ? 'caching-rules.add' : 'caching-rules.save')}
      onSubmit={(event) => void submit(event)}
      pending={formState.isSubmitting}
      dirty={formState.isDirty}
      submitDisabled={!may}
    >
      {reason !== undefined && <Notice state="neutral" title={reason} />}
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <SelectField
        control={control}
        name="scope"
        label={t('caching-rules.scopeLabel')}
        description={t(`caching-rules.scopeHint.${scope}`)}
        data={cacheScope.options.map((value) => ({ value, label: t(`caching-rules.scope.${value}`) }))}
        disabled={!may}
        data-autofocus
      />
      <ClientField control={control} name="clientId" disabled={!may} />
      <MultiSelectField
        control={control}
        name="methods"
        label={t('caching-rules.methods')}
        description={t('caching-rules.methodsHint')}
        data={factorKind.options.map((value) => ({ value, label: t(`sign-ins.factor.${value}`) }))}
        disabled={!may}
        required
      />
      <NumberField
        control={control}
        name="seconds"
        label={t('caching-rules.seconds')}
        description={secondsHint(seconds)}
        allowDecimal={false}
        maw="22rem"
        disabled={!may}
        required
      />
      <CheckField control={control} name="enabled" label={t('caching-rules.enabled')} disabled={!may} />
      {rule !== undefined && may && <Notice state="neutral" title={t('caching-rules.changeForgets')} />}
    </FormDialog>
  )
}

function secondsHint(seconds: number | undefined): string {
  if (seconds === 0) return t('caching-rules.zeroHint')
  const span = seconds === undefined || seconds < 1 ? '' : spanText(seconds, language())
  return span === '' ? t('caching-rules.secondsHint') : t('caching-rules.secondsAre', { span })
}

function defaultsOf(rule: CacheRuleView | undefined): Values {
  if (rule === undefined) {
    return { scope: 'address', clientId: '', methods: [...factorKind.options], seconds: 28_800, enabled: true }
  }
  const { scope, clientId, methods, seconds, enabled } = rule
  return { scope, clientId: clientId ?? '', methods: [...methods], seconds, enabled }
}
