/** The tabs of Directory Integration, and on which of them a setting of the synchronization is. */
export const directoryTabs = ['settings', 'filters', 'attributes', 'synchronization'] as const
export type DirectoryTab = (typeof directoryTabs)[number]

/** @param field the name of a setting, or a dotted path that starts with it */
export function tabOf(field: string): DirectoryTab {
  const [name = ''] = field.split('.')
  if (name.endsWith('Filter')) return 'filters'
  return name === 'mapping' || name === 'countryCode' ? 'attributes' : 'synchronization'
}
