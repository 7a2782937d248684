/** The tabs of Company Settings, and on which of them a setting is. */
export const companyTabs = ['general', 'pin', 'messages', 'lockout'] as const
export type CompanyTab = (typeof companyTabs)[number]

/** @param field the name of a setting, or a dotted path that starts with it */
export function tabOf(field: string): CompanyTab {
  const [name] = field.split('.')
  if (name === 'pin' || name === 'messages' || name === 'lockout') return name
  return name === 'fraud' ? 'lockout' : 'general'
}
