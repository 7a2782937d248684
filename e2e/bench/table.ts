/** Tables of the benchmark, as Markdown: ours, theirs, and the ratio. */
import type { LoadResult } from './radload.ts'

/** What a row shows of a result, and with how many digits. */
export interface Row {
  readonly name: string
  readonly of: (result: LoadResult) => number
  readonly digits: number
}

export const signInRows: readonly Row[] = [
  { name: 'sign-ins/s', of: ({ signInsPerSecond }) => signInsPerSecond, digits: 0 },
  { name: 'p50 of a sign-in, ms', of: ({ signInP50Ms }) => signInP50Ms, digits: 1 },
  { name: 'p99 of a sign-in, ms', of: ({ signInP99Ms }) => signInP99Ms, digits: 1 },
  { name: 'p99 of a reply, ms', of: ({ replyP99Ms }) => replyP99Ms, digits: 1 },
  { name: 'refused', of: ({ rejects }) => rejects, digits: 0 },
  { name: 'lost', of: ({ lost }) => lost, digits: 0 },
]

export const requestRows: readonly Row[] = [
  { name: 'requests/s', of: ({ signInsPerSecond }) => signInsPerSecond, digits: 0 },
  { name: 'p50, ms', of: ({ replyP50Ms }) => replyP50Ms, digits: 1 },
  { name: 'p99, ms', of: ({ replyP99Ms }) => replyP99Ms, digits: 1 },
  { name: 'slowest, ms', of: ({ slowestReplyMs }) => slowestReplyMs, digits: 0 },
  { name: 'refused', of: ({ rejects }) => rejects, digits: 0 },
  { name: 'lost', of: ({ lost }) => lost, digits: 0 },
]

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Prints medians of several rounds side by side. */
export function printComparison(
  title: string,
  rows: readonly Row[],
  { ours, theirs }: { readonly ours: readonly LoadResult[]; readonly theirs: readonly LoadResult[] },
): void {
  print(`\n${title}\n| | Sallyport (log durable) | FreeRADIUS 3.2 (no log) | ratio |\n|---|---|---|---|`)
  for (const { name, of, digits } of rows) {
    const [own, other] = [median(ours.map(of)), median(theirs.map(of))]
    const ratio = other === 0 ? '–' : (own / other).toFixed(2)
    print(`| ${name} | ${own.toFixed(digits)} | ${other.toFixed(digits)} | ${ratio} |`)
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
