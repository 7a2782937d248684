/** Why a file is not read any further: nothing of it is taken then. */
import { ApiProblem } from '../problems.ts'

export type FaultCode =
  | 'empty'
  | 'not-utf8'
  | 'too-large'
  | 'too-many'
  | 'cut-short'
  | 'no-csv'
  | 'no-header'
  | 'no-xml'
  | 'doctype'
  | 'too-deep'
  | 'no-pskc'
  | 'no-configuration'
  | 'passphrase-needed'
  | 'key-needed'
  | 'key-length'
  | 'encryption'
  | 'mac-missing'
  | 'mac-wrong'

/** Says nothing of what the file holds but names of columns, elements and algorithms. */
export class ImportFault extends Error {
  override readonly name = 'ImportFault'
  readonly code: FaultCode

  constructor(code: FaultCode, message: string) {
    super(message)
    this.code = code
  }
}

/** @throws ApiProblem with what the answer says where a file was not read; whatever else went wrong stays what it is */
export function refuseFile(error: unknown): never {
  if (!(error instanceof ImportFault)) throw error
  throw new ApiProblem('invalid-input', {
    detail: `${error.message} Nothing was taken.`,
    errors: [{ path: 'file', message: error.message }],
  })
}
