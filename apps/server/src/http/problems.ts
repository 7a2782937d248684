/** What a handler throws when the answer is a problem (RFC 9457): a stable code and what the caller may know. */
import type { FieldProblem, Problem, ProblemCode } from '@sallyport/contract'

interface ProblemMore {
  readonly detail?: string
  readonly errors?: readonly FieldProblem[]
  readonly current?: unknown
  readonly retryAfterSeconds?: number
  /** Where HTTP has a status that says more than the code's usual one. */
  readonly status?: number
  readonly cause?: unknown
}

/** A problem on its way to the error mapper. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ProblemCode
  readonly more: ProblemMore

  constructor(code: ProblemCode, more: ProblemMore = {}) {
    super(more.detail ?? kinds[code].title, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.more = more
  }

  get status(): number {
    return this.more.status ?? kinds[this.code].status
  }

  /** The document that goes out: nothing but what the thrower chose. */
  toDocument(): Problem {
    const { detail, errors, current } = this.more
    return {
      type: 'about:blank',
      title: kinds[this.code].title,
      status: this.status,
      code: this.code,
      ...(detail === undefined ? {} : { detail }),
      ...(errors === undefined ? {} : { errors: [...errors] }),
      ...(current === undefined ? {} : { current }),
    }
  }
}

/** A problem with fields of the input. */
export function invalidInput(...errors: FieldProblem[]): ApiProblem {
  return new ApiProblem('invalid-input', { errors })
}

const kinds: Record<ProblemCode, { readonly status: number; readonly title: string }> = {
  'invalid-input': { status: 400, title: 'Something in the request cannot stand as it is.' },
  'sign-in-required': { status: 401, title: 'Sign in first.' },
  'sign-in-failed': { status: 401, title: 'User name or password is wrong.' },
  'set-up-code-wrong': { status: 401, title: 'The set-up code is wrong.' },
  'device-unknown': { status: 401, title: 'This device is not registered.' },
  'clock-differs': { status: 401, title: 'The device’s clock is wrong.' },
  'activation-wrong': { status: 401, title: 'The code is wrong, used or too old.' },
  'factor-wrong': { status: 401, title: 'The code is wrong, used or too old.' },
  'not-allowed': { status: 403, title: 'Your role does not allow this.' },
  'proof-needed': { status: 403, title: 'Prove again who you are.' },
  'cross-site-request': { status: 403, title: 'The request did not come from the console.' },
  'not-found': { status: 404, title: 'There is nothing here.' },
  'changed-meanwhile': { status: 409, title: 'Somebody else saved first.' },
  'already-exists': { status: 409, title: 'That exists already.' },
  'in-use': { status: 409, title: 'That is still needed.' },
  'too-many-devices': { status: 409, title: 'There are as many devices as a user may have.' },
  'set-up-done': { status: 409, title: 'The set-up has been done.' },
  'too-many-requests': { status: 429, title: 'Too many tries.' },
  unavailable: { status: 503, title: 'Part of the server does not answer.' },
  'internal-error': { status: 500, title: 'Something went wrong in the server.' },
}
