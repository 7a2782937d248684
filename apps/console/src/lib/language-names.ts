/** Languages by their tags, such as “German” for `de`. */

export interface NamedLanguage {
  readonly tag: string
  readonly name: string
}

export function languageName(tag: string, inLanguage: string): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(tag) ?? tag
}

/** Every language that has a code of two letters and a name in the reader's language, once each, in the order of these names. */
export function allLanguages(inLanguage: string): readonly NamedLanguage[] {
  const names = new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'none' })
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz')
  const tags = new Map<string, string>()
  for (const tag of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(tag)
    // A code that was replaced by another has the other's name.
    const isOfToday = Intl.getCanonicalLocales(tag)[0] === tag
    if (name !== undefined && isOfToday && !tags.has(name)) tags.set(name, tag)
  }
  return Array.from(tags, ([name, tag]) => ({ tag, name })).sort((one, other) =>
    one.name.localeCompare(other.name, inLanguage),
  )
}
