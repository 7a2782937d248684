/** Says in words what an entry of the audit trail tells. */
import type { AuditEntryView } from '@sallyport/contract'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

/** “User alice changed”: an action or a subject that the catalogue does not know stands for itself. */
export function changeText({ action, subjectKind, subjectName, after }: AuditEntryView): string {
  const [imported] = action === 'imported' ? Object.values(after ?? {}) : []
  if (typeof imported === 'number' && (subjectKind === 'user' || subjectKind === 'oath-token')) {
    return t(`changes.imported.${subjectKind}`, { count: imported, formatted: imported.toLocaleString(language()) })
  }
  const subject = known(`changes.subject.${subjectKind}`, subjectKind)
  const name = subjectName ?? ''
  const what = name === '' || onlyOne.has(subjectKind) ? subject : t('changes.named', { subject, name })
  const key = `changes.action.${action}`
  const words = t(key, { what })
  const text = words === key ? `${what}: ${action}` : words
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

/** A field's name in words. */
export function fieldName(name: string): string {
  return known(`changes.field.${name}`, name)
}

/** A value as text; objects and lists as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null || value === '') return t('changes.nothing')
  if (typeof value === 'boolean') return t(value ? 'lists.yes' : 'lists.no')
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number')) {
    return value.join(', ')
  }
  return JSON.stringify(value, null, 2)
}

export interface FieldChange {
  readonly name: string
  readonly before: unknown
  readonly after: unknown
}

/** The fields that an entry tells of, in the order in which they come. */
export function fieldChanges({ before, after }: Pick<AuditEntryView, 'before' | 'after'>): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names].map((name) => ({ name, before: before?.[name], after: after?.[name] }))
}

/** Settings exist once: their name adds nothing. */
const onlyOne: ReadonlySet<string> = new Set([
  'administrator-policy',
  'openid-provider',
  'company',
  'radius-settings',
  'radsec',
  'target',
  'radius-target',
  'ldap',
  'directory-sync',
  'directory-sync-run',
  'log-receiver',
  'metrics-token',
  'alerts',
  'audit-trail',
  'built-in',
  'windows-domain',
])

function known(key: string, otherwise: string): string {
  const words = t(key)
  return words === key ? otherwise : words
}
