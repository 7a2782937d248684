/** How many there are, as a list says it. */

/** With a plus where counting stopped there: “100,000+”. */
export function totalText(total: number, isAtLeast: boolean, language: string): string {
  return `${total.toLocaleString(language)}${isAtLeast ? '+' : ''}`
}
