/** Texts by their keys: finds one, chooses between one and many, and fills in what it holds. */

/** Values that a text holds in `{{name}}`; `count` also chooses between one and many. */
export type WordValues = Readonly<Record<string, string | number>>

export interface Catalogue {
  /** Adds texts: objects in objects, by their names. */
  readonly add: (texts: Readonly<Record<string, unknown>>) => void
  /** The text under a key such as `app.menu.label`, else the key itself. */
  readonly text: (key: string, values?: WordValues) => string
}

/** @param language a BCP 47 tag, whose rules say which numbers are one and which are many */
export function createCatalogue(language: string): Catalogue {
  const all: Record<string, unknown> = {}
  const rules = new Intl.PluralRules(language)
  return {
    add: (texts) => {
      Object.assign(all, texts)
    },
    text: (key, values = {}) => {
      const found = formsOf(key, values['count'], rules).map((form) => at(all, form))
      return fill(found.find((text) => text !== undefined) ?? key, values)
    },
  }
}

/** Under which keys the text may be, the fittest first: none may have words of its own. */
function formsOf(key: string, count: string | number | undefined, rules: Intl.PluralRules): readonly string[] {
  if (typeof count !== 'number') return [key]
  return [...(count === 0 ? [`${key}_zero`] : []), `${key}_${rules.select(count)}`, `${key}_other`, key]
}

function at(all: Readonly<Record<string, unknown>>, key: string): string | undefined {
  let found: unknown = all
  for (const step of key.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = (found as Record<string, unknown>)[step]
  }
  return typeof found === 'string' ? found : undefined
}

/** What has no value stays as it is: some hints speak of placeholders. */
function fill(text: string, values: WordValues): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (hole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : hole,
  )
}
