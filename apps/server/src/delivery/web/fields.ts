/** Reads the fields of what a gateway sends: JSON, a form, or the query of its address. */
import type { CallbackRequest } from '../../bus/gateway-callbacks.ts'

/** The value at `a.b.0.c`; undefined where there is none, or no text or number. */
export type ReadField = (path: string) => string | undefined

export function fieldsOf({ headers, body, url }: CallbackRequest): ReadField {
  const type = headers['content-type']
  if (typeof type === 'string' && /^application\/json\b/iu.test(type)) return jsonFields(body)
  const form = new URLSearchParams(body)
  const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams()
  return (path) => form.get(path) ?? query.get(path) ?? undefined
}

/** Reads nothing from what is no JSON. */
export function jsonFields(body: string): ReadField {
  let root: unknown
  try {
    root = JSON.parse(body)
  } catch {
    return () => undefined
  }
  return (path) => {
    let value = root
    for (const name of path.split('.')) {
      if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined
      value = (value as Record<string, unknown>)[name]
    }
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
  }
}
