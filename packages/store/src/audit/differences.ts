/** What an audit entry shows of a change: the fields that differ, before and after. */

export type AuditFields = Readonly<Record<string, unknown>>

/** Stands for a secret that was set: its value is nobody's business. */
export const secretChanged = '(changed)'

/** Compares by what JSON would say; null where a side has nothing to show. */
export function differences(
  before: AuditFields,
  after: AuditFields,
): { before: AuditFields | null; after: AuditFields | null } {
  const differing = new Set(
    [...Object.keys(before), ...Object.keys(after)].filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    ),
  )
  return { before: pick(before, differing), after: pick(after, differing) }
}

function pick(fields: AuditFields, names: ReadonlySet<string>): AuditFields | null {
  const entries = Object.entries(fields).filter(([name]) => names.has(name))
  return entries.length === 0 ? null : Object.fromEntries(entries)
}
