/** Slices of a time, as the reports of counts have them: what each is called, and which sign-ins are in it. */
import type { SignInFilter, SliceStep } from '@sallyport/contract'

export interface SliceBounds {
  readonly from: string
  /** Where the next one begins. */
  readonly to: string
}

/** The sign-ins of a time, with both its moments: a slice ends just before the next one begins. */
export function signInsWithin({ from, to }: SliceBounds): Pick<SignInFilter, 'from' | 'to'> {
  return { from, to: new Date(Date.parse(to) - 1).toISOString() }
}

/** When a slice began, as short as its length allows. */
export function sliceText(step: SliceStep, { from }: Pick<SliceBounds, 'from'>, locale: string, zone?: string): string {
  const day = { day: 'numeric', month: 'short' } as const
  const minute = { hour: '2-digit', minute: '2-digit' } as const
  const format = {
    quarter: minute,
    hour: { ...day, ...minute },
    day: { weekday: 'short', ...day },
    week: { ...day, year: 'numeric' },
    month: { month: 'short', year: 'numeric' },
  } as const satisfies Record<SliceStep, Intl.DateTimeFormatOptions>
  return new Intl.DateTimeFormat(locale, { ...format[step], ...(zone !== undefined && { timeZone: zone }) }).format(
    new Date(from),
  )
}
