/** How a number or an address could be proven now: what the portal's settings, Company Settings and the gateways let somebody do. */
import type { CompanySettings, FactorKind, PortalSettings } from '@sallyport/contract'
import type { ContactPlace, ContactWay } from '@sallyport/contract/portal'

export interface WaysQuestion {
  readonly portal: Pick<PortalSettings, 'methods'>
  readonly company: Pick<CompanySettings, 'methods'>
  /** The user's own; empty: the company's. */
  readonly own: readonly FactorKind[]
  /** What there is a gateway for. */
  readonly kinds: ReadonlySet<ContactWay>
}

const byPlace: Readonly<Record<ContactPlace, readonly ContactWay[]>> = {
  phone: ['text', 'call'],
  backup: ['call'],
  email: ['email'],
}

export function waysOf(place: ContactPlace, { portal, company, own, kinds }: WaysQuestion): ContactWay[] {
  return byPlace[place].filter(
    (way) =>
      portal.methods.includes(way) &&
      company.methods.includes(way) &&
      (own.length === 0 || own.includes(way)) &&
      kinds.has(way),
  )
}

/** Whether the number begins as one of the prefixes; any where there is none. */
export function isAllowedNumber(number: string, prefixes: readonly string[]): boolean {
  return prefixes.length === 0 || prefixes.some((prefix) => number.startsWith(prefix))
}

/** Enough of it for its owner to know it again. */
export function maskedContact(value: string): string {
  const at = value.indexOf('@')
  if (at > 0) return `${value.slice(0, 1)}…${value.slice(at)}`
  return value === '' ? '' : `…${value.slice(-3)}`
}
