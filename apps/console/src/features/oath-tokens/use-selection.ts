/** Which tokens of the list are ticked: forgotten when another list is asked for. */
import type { TokenView } from '@sallyport/contract'
import type { RowSelection } from '@sallyport/ui'
import { useCallback, useMemo, useState } from 'react'
import type { TokenFilter } from '../../lib/oath-tokens/queries.ts'
import { t } from '../../lib/words.ts'

const none: ReadonlySet<string> = new Set()

export function useSelection(filter: TokenFilter, rows: readonly TokenView[] | undefined) {
  const [kept, setKept] = useState({ filter, selected: none })
  const selected = kept.filter === filter ? kept.selected : none
  const onToggle = useCallback(
    ({ id }: TokenView) =>
      setKept((before) => {
        const changed = new Set(before.filter === filter ? before.selected : none)
        if (!changed.delete(id)) changed.add(id)
        return { filter, selected: changed }
      }),
    [filter],
  )
  const clear = useCallback(() => setKept({ filter, selected: none }), [filter])
  // A token that went from the list, by whosever hand, is not ticked any more.
  const ids = useMemo(() => rows?.map(({ id }) => id).filter((id) => selected.has(id)) ?? [], [rows, selected])
  const selection: RowSelection<TokenView> = {
    selected,
    onToggle,
    onToggleAll: () =>
      setKept({
        filter,
        selected: rows !== undefined && ids.length < rows.length ? new Set(rows.map(({ id }) => id)) : none,
      }),
    rowLabel: rowLabel,
    allLabel: t('oath-tokens.selection.all'),
  }
  return { selection, ids, clear }
}

function rowLabel({ serialNumber }: TokenView): string {
  return t('oath-tokens.selection.row', { serialNumber })
}
