/** Puts values into an administrator's templates, escaped for where they stand; no value can become structure. */

/** By the names that stand between `{{` and `}}`. */
export type TemplateValues = Readonly<Record<'to' | 'digits' | 'text' | 'from' | 'id' | 'secret', string>>

const placeholder = /\{\{\s*([a-z]+)\s*\}\}/gu

function fill(template: string, values: TemplateValues, escape: (value: string) => string): string {
  return template.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? escape(values[name as keyof TemplateValues]) : whole,
  )
}

/** A web address, each value one path segment or one query value. */
export function fillUrl(template: string, values: TemplateValues): URL {
  return new URL(fill(template, values, encodeURIComponent))
}

/** A header's value; undefined where a value holds what no header may. */
export function fillHeader(template: string, values: TemplateValues): string | undefined {
  const filled = fill(template, values, (value) => value)
  return /^[\t\x20-\x7e\x80-\xff]*$/u.test(filled) ? filled : undefined
}

/** JSON: the template is parsed first, and values go into its strings. @throws SyntaxError where it is no JSON */
export function fillJson(template: string, values: TemplateValues): string {
  const into = (part: unknown): unknown => {
    if (typeof part === 'string') return fill(part, values, (value) => value)
    if (Array.isArray(part)) return part.map(into)
    if (part !== null && typeof part === 'object') {
      return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, into(value)]))
    }
    return part
  }
  return JSON.stringify(into(JSON.parse(template)))
}

/** A form (`to={{to}}&text={{text}}`): the template is parsed first, and values go into its values. */
export function fillForm(template: string, values: TemplateValues): string {
  const form = new URLSearchParams()
  for (const [name, value] of new URLSearchParams(template))
    form.append(
      name,
      fill(value, values, (text) => text),
    )
  return form.toString()
}
