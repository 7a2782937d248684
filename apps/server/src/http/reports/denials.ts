/** Who was not let in, slice by slice: each is read by itself, and the thread is given back in between. */
import { setImmediate as giveWay } from 'node:timers/promises'
import type { CountedTimes, DenialSlice, SliceStep } from '@sallyport/contract'
import type { SignInCounts } from '@sallyport/store'
import { quarterMs, slicesOf, stepFor, type Slice } from './slices.ts'

export interface CountedTime extends Slice {
  readonly step: SliceStep
  readonly zone: string
}

/** The time that a report looks at, in whole quarters of an hour: these are what is counted. */
export async function countedTime(
  { from, to, zone }: CountedTimes,
  counts: Pick<SignInCounts, 'firstQuarter'>,
  now: Date,
): Promise<CountedTime> {
  const toMs = Math.ceil((to === undefined ? now.getTime() : Date.parse(to)) / quarterMs) * quarterMs
  const firstMs = (await counts.firstQuarter())?.getTime() ?? toMs
  const wanted = from === undefined ? firstMs : Math.floor(Date.parse(from) / quarterMs) * quarterMs
  // Years in which nothing was kept yet are no part of it, nor those to come.
  const fromMs = Math.max(wanted, Math.min(firstMs, toMs) - emptyBeforeMs)
  const endMs = Math.min(toMs, now.getTime() + emptyBeforeMs)
  return { fromMs, toMs: endMs, zone, step: stepFor(endMs - fromMs) }
}

const emptyBeforeMs = 2 * 366 * 86_400_000

export async function* denialSlices(
  time: CountedTime,
  counts: Pick<SignInCounts, 'counts'>,
): AsyncGenerator<DenialSlice> {
  for (const { fromMs, toMs } of slicesOf(time.step, time, time.zone)) {
    const [from, to] = [new Date(fromMs), new Date(toMs)]
    const counted = await counts.counts(from, to)
    yield {
      from: from.toISOString(),
      to: to.toISOString(),
      accepted: counted.reduce((sum, { result, count }) => (result === 'accepted' ? sum + count : sum), 0),
      denials: counted
        .flatMap(({ result, ...rest }) =>
          result === 'rejected' || result === 'unanswered' ? [{ result, ...rest }] : [],
        )
        .sort((one, other) => other.count - one.count),
    }
    await giveWay()
  }
}
