/** Why a file is not read any further: nothing of it is taken then. */

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
