/** In which order a person is asked. */
import type { FactorKind } from './sign-in.ts'

/** How a user's methods are told: those that an administrator chose (none: Company Settings'), and the order that the person chose. */
export interface ChosenMethods {
  readonly factorMethods: readonly FactorKind[]
  readonly factorOrder: readonly FactorKind[]
}

/**
 * The methods that are meant for a user, in the order in which they are tried. A person's own order moves them and gives none: what it
 * names and is no longer theirs is left out, and what has become theirs since then comes last.
 */
export function methodsInOrder(
  { factorMethods, factorOrder }: ChosenMethods,
  company: { readonly methods: readonly FactorKind[] },
): readonly FactorKind[] {
  const meant = factorMethods.length > 0 ? factorMethods : company.methods
  if (factorOrder.length === 0) return meant
  const first = factorOrder.filter((method) => meant.includes(method))
  return first.concat(meant.filter((method) => !first.includes(method)))
}
