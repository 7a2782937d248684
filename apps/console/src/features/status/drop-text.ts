/** The names of dropped datagrams in words. */
import type { StatusView } from '@sallyport/contract'
import { language, t } from '../../lib/words.ts'
import './page-words.ts'

/** A name that the catalogue does not know stands for itself. */
export function dropText(name: string): string {
  const key = `status.drop.${name}`
  const words = t(key)
  return words === key ? name : words
}

export function dropTotal(drops: StatusView['drops']): string {
  const total = drops.reduce((sum, { count }) => sum + count, 0)
  return t('status.drops.total', { count: total, formatted: total.toLocaleString(language()) })
}
