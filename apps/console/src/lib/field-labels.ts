/** What the fields of a form are called on the screen, and how their values read there: for whoever has to speak of them elsewhere. */

interface FieldLabel {
  readonly label: string
  /** Of a choice, its words; absent: the value reads as it is. */
  readonly textOf?: ((value: string) => string | undefined) | undefined
}

const byForm = new WeakMap<object, Map<string, FieldLabel>>()

/** @param control the form's */
export function noteLabel(control: object, name: string, found: FieldLabel): void {
  const labels = byForm.get(control) ?? new Map<string, FieldLabel>()
  byForm.set(control, labels.set(name, found))
}

/** The label of a field, or of the nearest one above it that was ever shown. */
export function labelOf(control: object, name: string): FieldLabel | undefined {
  const labels = byForm.get(control)
  const steps = name.split('.')
  for (let length = steps.length; length > 0; length--) {
    const found = labels?.get(steps.slice(0, length).join('.'))
    if (found !== undefined) return found
  }
  return undefined
}
