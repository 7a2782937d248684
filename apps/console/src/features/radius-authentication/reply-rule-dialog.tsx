/** The dialog of one rule: for whom, which attribute, and its value, checked by what the attribute can carry. */
import { Autocomplete, Stack } from '@mantine/core'
import { api, replyOperation, type ReplyAttributeView, type ReplyRuleView } from '@sallyport/contract'
import { FormDialog, Notice, notifyDone } from '@sallyport/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { z } from 'zod'
import { CheckField, NumberField, SelectField } from '../../lib/fields.tsx'
import { applyProblem, useSchemaForm } from '../../lib/forms.ts'
import { radiusClientsQuery } from '../../lib/radius-clients.ts'
import { useMay } from '../../lib/session.ts'
import { asText, SecretField, TextField, useField } from '../../lib/text-fields.tsx'
import { t } from '../../lib/words.ts'
import { clientName } from '../../lib/client-name.ts'
import { replyAttributesQuery, useChangeRule, useCreateRule } from './reply-rule-data.ts'
import './page-words.ts'

const formSchema = z.object({
  clientId: z.string(),
  groupName: z.string(),
  operation: replyOperation,
  attribute: z.string().min(1, 'Choose an attribute.'),
  tag: z.int().min(0, '0 to 31.').max(31, '0 to 31.'),
  value: z.string(),
  enabled: z.boolean(),
})
type Values = z.infer<typeof formSchema>

export function ReplyRuleDialog({ rule, onClose }: { readonly rule: ReplyRuleView | undefined; onClose: () => void }) {
  const { may, reason } = useMay(api.replyRules.create)
  const form = useSchemaForm<Values, Values>(formSchema, defaultsOf(rule))
  const create = useCreateRule()
  const change = useChangeRule()
  const [problem, setProblem] = useState<string>()
  const submit = form.handleSubmit(async ({ clientId, value, ...fields }) => {
    setProblem(undefined)
    const body = { ...fields, clientId: clientId === '' ? null : clientId }
    // A secret that was not typed again stays as it is.
    const keeps = rule?.value === null && value === ''
    try {
      if (rule === undefined) await create.mutateAsync({ ...body, value })
      else await change.mutateAsync({ ...body, ...(keeps ? {} : { value }), id: rule.id, version: rule.version })
      notifyDone(t('reply-attributes.saved', { attribute: fields.attribute }))
      onClose()
    } catch (error) {
      setProblem(applyProblem(form, error))
    }
  })
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(rule === undefined ? 'reply-attributes.addTitle' : 'reply-attributes.editTitle')}
      submitLabel={t(rule === undefined ? 'reply-attributes.addSubmit' : 'reply-attributes.save')}
      onSubmit={(event) => void submit(event)}
      pending={form.formState.isSubmitting}
      dirty={form.formState.isDirty}
      submitDisabled={!may}
    >
      {reason !== undefined && <Notice state="neutral" title={reason} />}
      {problem !== undefined && <Notice state="bad" role="alert" title={problem} />}
      <RuleFields form={form} readOnly={!may} keepsSecret={rule?.value === null} />
    </FormDialog>
  )
}

interface RuleFieldsProps {
  readonly form: UseFormReturn<Values, unknown, Values>
  readonly readOnly: boolean
  readonly keepsSecret: boolean
}

function RuleFields({ form, readOnly, keepsSecret }: RuleFieldsProps) {
  const { control } = form
  const { data: clients } = useQuery(radiusClientsQuery)
  const { data: attributes } = useQuery(replyAttributesQuery)
  const chosen = attributes?.rows.find(({ name }) => name === form.watch('attribute'))
  return (
    <Stack>
      <SelectField
        control={control}
        name="attribute"
        label={t('reply-attributes.attribute')}
        description={t('reply-attributes.attributeHint')}
        placeholder={t('reply-attributes.attributePlaceholder')}
        data={grouped(attributes?.rows ?? [])}
        searchable
        openOnFocus={false}
        limit={200}
        nothingFoundMessage={t('reply-attributes.nothingFound')}
        disabled={readOnly}
        required
        data-autofocus
      />
      <ValueField form={form} attribute={chosen} readOnly={readOnly} keepsSecret={keepsSecret} />
      {chosen?.tagged === true && (
        <NumberField
          control={control}
          name="tag"
          label={t('reply-attributes.tag')}
          description={t('reply-attributes.tagHint')}
          maw="22rem"
          disabled={readOnly}
        />
      )}
      <SelectField
        control={control}
        name="operation"
        label={t('reply-attributes.operation')}
        description={t('reply-attributes.operationHint')}
        data={replyOperation.options.map((value) => ({ value, label: t(`reply-attributes.operations.${value}`) }))}
        disabled={readOnly}
      />
      <TextField
        control={control}
        name="groupName"
        label={t('reply-attributes.group')}
        description={t('reply-attributes.groupHint')}
        disabled={readOnly}
        autoComplete="off"
      />
      <SelectField
        control={control}
        name="clientId"
        label={t('reply-attributes.client')}
        data={[
          { value: '', label: t('reply-attributes.everyClient') },
          ...(clients?.rows ?? []).map((client) => ({ value: client.id, label: clientName(client) })),
        ]}
        disabled={readOnly}
      />
      <CheckField
        control={control}
        name="enabled"
        label={t('reply-attributes.enabled')}
        description={t('reply-attributes.enabledHint')}
        disabled={readOnly}
      />
    </Stack>
  )
}

interface ValueFieldProps extends RuleFieldsProps {
  readonly attribute: ReplyAttributeView | undefined
}

/** By the attribute's type: a secret, a choice of names that takes numbers too, or text. */
function ValueField({ form, attribute, readOnly, keepsSecret }: ValueFieldProps) {
  const { control } = form
  const { value, set, input } = useField({ control, name: 'value' })
  const type = attribute?.hidden === true ? 'hidden' : (attribute?.dataType ?? 'none')
  const common = { label: t('reply-attributes.value'), description: t(`reply-attributes.type.${type}`) }
  if (type === 'hidden') {
    return (
      <SecretField
        control={control}
        name="value"
        {...common}
        {...(keepsSecret && { description: t('reply-attributes.secretKept') })}
        disabled={readOnly}
      />
    )
  }
  if (attribute !== undefined && attribute.values.length > 0) {
    return (
      <Autocomplete
        {...common}
        {...input}
        data={attribute.values}
        value={asText(value)}
        onChange={set}
        disabled={readOnly}
        autoComplete="off"
      />
    )
  }
  return <TextField control={control} name="value" {...common} disabled={readOnly || !attribute} autoComplete="off" />
}

function grouped(attributes: readonly ReplyAttributeView[]) {
  const groups = new Map<string, string[]>()
  for (const { source, name } of attributes) groups.set(source, [...(groups.get(source) ?? []), name])
  return [...groups].map(([group, items]) => ({ group, items }))
}

function defaultsOf(rule: ReplyRuleView | undefined): Values {
  if (rule === undefined) {
    return { clientId: '', groupName: '', operation: 'replace', attribute: '', tag: 0, value: '', enabled: true }
  }
  const { clientId, groupName, operation, attribute, tag, value, enabled } = rule
  return { clientId: clientId ?? '', groupName, operation, attribute, tag, value: value ?? '', enabled }
}
