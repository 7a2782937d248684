/** Turns keyset pages into what a list shows, and loads the next page when the list nears its end. */
import { totalText, type DataTableProps } from '@sallyport/ui'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { problemText } from './problem-text.ts'
import { language } from './words.ts'

/** Rows a page: more than fit on a screen, few enough to come at once. */
export const pageRows = 100

export interface KeysetPage<Row> {
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
  /** Absent where nobody counts them. */
  readonly total?: number
  readonly totalIsAtLeast?: boolean | undefined
}

export type PagedRows<Row> = Pick<
  DataTableProps<Row>,
  'rows' | 'total' | 'totalIsAtLeast' | 'hasMore' | 'loadingMore' | 'onLoadMore' | 'failed'
> & {
  /** The total as it is read. */
  readonly formattedTotal: string
  /** Why the next page did not come, in words, and how to ask again. */
  readonly nextFailed: { readonly detail: string; readonly onRetry: () => void } | undefined
}

/** `failedTitle` says that the list could not be loaded. */
export function usePagedRows<Row>(
  query: UseInfiniteQueryResult<InfiniteData<KeysetPage<Row>>>,
  failedTitle: string,
): PagedRows<Row> {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError, refetch } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows), [data])
  const onLoadMore = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage])
  const { total: counted, totalIsAtLeast } = data?.pages.at(-1) ?? {}
  // Where counting stopped early, more may have been loaded since.
  const total = counted === undefined ? undefined : Math.max(counted, rows?.length ?? 0)
  return {
    rows,
    total,
    totalIsAtLeast,
    formattedTotal: total === undefined ? '' : totalText(total, totalIsAtLeast ?? false, language()),
    // A page that failed is asked for again by hand, not in a loop.
    hasMore: hasNextPage && !isFetchNextPageError,
    loadingMore: isFetchingNextPage,
    onLoadMore,
    failed:
      error === null ? undefined : { title: failedTitle, detail: problemText(error), onRetry: () => void refetch() },
    nextFailed: isFetchNextPageError ? { detail: problemText(error), onRetry: onLoadMore } : undefined,
  }
}
