/**
 * Choosing a vendor profile: its values go into the form where nobody has typed another one since; every value that it put
 * there can be changed back, and every value that it left alone can be taken over.
 */
import { vendorProfiles, type SuggestedValues, type VendorProfileId } from '@sallyport/contract'
import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { ClientFormInput, ClientFormValues } from './client-form-schema.ts'
import { applyProfile, suggestedFields, type FieldValues, type SuggestedField } from './profile-values.ts'

type Form = UseFormReturn<ClientFormInput, unknown, ClientFormValues>

/** What the form says now of a field that the profile has a word on. */
export interface Suggestion {
  readonly field: SuggestedField
  readonly suggested: SuggestedValues[SuggestedField]
  readonly present: unknown
  /** What the profile put its value in the place of; undefined where it changed nothing. */
  readonly before: unknown
}

export function useVendorProfile(form: Form) {
  const id = form.watch('vendorProfile') ?? 'other'
  const present = form.watch(suggestedFields)
  const [untouched, setUntouched] = useState<FieldValues>(() => form.getValues())
  const [replaced, setReplaced] = useState<FieldValues>({})
  const { suggests } = vendorProfiles[id]

  const put = (field: SuggestedField, value: unknown) =>
    form.setValue(field, value as never, { shouldDirty: true, shouldTouch: true, shouldValidate: true })

  const choose = (chosen: VendorProfileId) => {
    form.setValue('vendorProfile', chosen, { shouldDirty: true, shouldTouch: true })
    const applied = applyProfile(form.getValues(), untouched, vendorProfiles[chosen].suggests)
    for (const field of suggestedFields) if (field in applied.put) put(field, applied.put[field])
    setUntouched(applied.untouched)
    setReplaced(applied.before)
  }

  const suggestions = suggestedFields.map((field, index): Suggestion => ({
    field,
    suggested: suggests[field],
    present: present[index],
    before: replaced[field],
  }))
  return { id, profile: vendorProfiles[id], suggestions, choose, put }
}
