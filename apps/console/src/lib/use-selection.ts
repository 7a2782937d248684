/** Which rows of a list are ticked: forgotten when another list is asked for. */
import type { RowSelection } from '@sallyport/ui'
import { useCallback, useMemo, useState } from 'react'

const none: ReadonlySet<string> = new Set()

type Words<Row> = Pick<RowSelection<Row>, 'rowLabel' | 'allLabel'>

export function useSelection<Row extends { readonly id: string }>(
  filter: object,
  rows: readonly Row[] | undefined,
  words: Words<Row>,
  /** What is ticked at first. */
  initially: ReadonlySet<string> = none,
) {
  const [kept, setKept] = useState({ filter, selected: initially })
  const selected = kept.filter === filter ? kept.selected : none
  const onToggle = useCallback(
    ({ id }: Row) =>
      setKept((before) => {
        const changed = new Set(before.filter === filter ? before.selected : none)
        if (!changed.delete(id)) changed.add(id)
        return { filter, selected: changed }
      }),
    [filter],
  )
  const clear = useCallback(() => setKept({ filter, selected: none }), [filter])
  // What went from the list, by whosever hand, is not ticked any more.
  const ids = useMemo(() => rows?.map(({ id }) => id).filter((id) => selected.has(id)) ?? [], [rows, selected])
  const selection: RowSelection<Row> = {
    ...words,
    selected,
    onToggle,
    onToggleAll: () =>
      setKept({
        filter,
        selected: rows !== undefined && ids.length < rows.length ? new Set(rows.map(({ id }) => id)) : none,
      }),
  }
  return { selection, ids, clear }
}
