/** Turns what a schema found wrong into problems of fields, each under the field's dotted path. */
import type { FieldProblem } from '@sallyport/contract'
import type { ZodFastifySchemaValidationError } from 'fastify-type-provider-zod'

export function fieldProblems(issues: readonly ZodFastifySchemaValidationError[]): readonly FieldProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.instancePath.split('/').filter((part) => part !== '')
    const { keys } = issue.params
    if (issue.keyword === 'unrecognized_keys' && Array.isArray(keys)) {
      return keys.map((key) => ({ path: [...path, String(key)].join('.'), message: 'This field is not known here.' }))
    }
    return [{ path: path.join('.'), message: sentence(issue) }]
  })
}

/** The schema's own words, but for what a form never sends and only the author of a script will read. */
function sentence({ keyword, message, params }: ZodFastifySchemaValidationError): string {
  if (keyword === 'invalid_type' && message?.includes('received undefined')) return 'This is needed.'
  if (keyword === 'invalid_format' && params['format'] === 'uuid') return 'This is not an id.'
  if (keyword === 'invalid_union') return 'This is none of the values that this field can have.'
  return message ?? 'This cannot stand as it is.'
}
