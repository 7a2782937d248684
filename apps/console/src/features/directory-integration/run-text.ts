/** A run in a sentence: what it came to, or how far it is. */
import type { SyncRun } from '@sallyport/contract'
import type { StateKind } from '@sallyport/ui'
import { language, t } from '../../lib/words.ts'
import './sync-words.ts'
import './page-words.ts'

const counts = ['added', 'changed', 'enabled', 'disabled', 'removed', 'adopted', 'refused'] as const

export const counted = (count: number) => ({ count, formatted: count.toLocaleString(language()) })

/** “120 to add, 3 to disable”; empty where there is nothing to do. */
export function countsText(run: SyncRun): string {
  return counts
    .filter((name) => run[name] > 0)
    .map((name) => t(`directory-sync.count.${name}`, counted(run[name])))
    .join(', ')
}

export function runText(run: SyncRun): string {
  const { state, found, applied } = run
  if (state === 'failed') return run.problem ?? t('directory-sync.state.failed')
  if (state === 'reading') return t('directory-sync.state.reading', counted(found))
  if (state === 'comparing') return t('directory-sync.state.comparing')
  const what = countsText(run) || t('directory-sync.count.nothing')
  if (state === 'applying') {
    return t('directory-sync.state.applying', { ...counted(toDo(run)), done: applied.toLocaleString(language()) })
  }
  if (state === 'done' && run.dryRun) return t('directory-sync.state.dryRun', { what })
  return t(`directory-sync.state.${state}`, { what })
}

/** Rows that a run does something about. */
export function toDo(run: SyncRun): number {
  return run.added + run.changed + run.enabled + run.disabled + run.removed + run.adopted
}

export function runStateKind({ state, refused, skipped }: SyncRun): StateKind {
  if (state === 'failed') return 'bad'
  if (state === 'waiting') return 'warning'
  if (state === 'done') return refused + skipped > 0 ? 'warning' : 'good'
  return 'neutral'
}
