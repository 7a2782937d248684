/** What a file of the configuration is made of: values as YAML and JSON have them. */
export type Plain = Readonly<Record<string, unknown>>

export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path such as `account.password`; undefined where there is none. */
export function valueAt(from: Plain, path: string): unknown {
  let value: unknown = from
  for (const name of path.split('.')) value = isPlain(value) ? value[name] : undefined
  return value
}

/** A copy with another value at a path; without it where the value is undefined. */
export function withValueAt(from: Plain, path: string, value: unknown): Plain {
  const [name = '', ...rest] = path.split('.')
  if (rest.length > 0) {
    const inner = from[name]
    return isPlain(inner) ? { ...from, [name]: withValueAt(inner, rest.join('.'), value) } : from
  }
  const others = Object.fromEntries(Object.entries(from).filter(([key]) => key !== name))
  return value === undefined ? others : { ...others, [name]: value }
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
