/** Turns keyset pages into what a list shows, and loads the next page when the list nears its end. */
import type { DataTableProps } from '@sallyport/ui'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { problemText } from './problem-text.ts'

/** Rows a page: more than fit on a screen, few enough to come at once. */
export const pageRows = 100

export interface KeysetPage<Row> {
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
  /** Absent where nobody counts them. */
  readonly total?: number
}

export type PagedRows<Row> = Pick<
  DataTableProps<Row>,
  'rows' | 'total' | 'hasMore' | 'loadingMore' | 'onLoadMore' | 'failed'
> & {
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
  return {
    rows,
    total: data?.pages.at(-1)?.total,
    // A page that failed is asked for again by hand, not in a loop.
    hasMore: hasNextPage && !isFetchNextPageError,
    loadingMore: isFetchingNextPage,
    onLoadMore,
    failed:
      error === null ? undefined : { title: failedTitle, detail: problemText(error), onRetry: () => void refetch() },
    nextFailed: isFetchNextPageError ? { detail: problemText(error), onRetry: onLoadMore } : undefined,
  }
}
