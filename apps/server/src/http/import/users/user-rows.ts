/** Makes a user of a record of a file, or says by column what is wrong with it. */
import {
  createUserInput,
  setPinInput,
  userFactorFields,
  type CompanySettings,
  type UserImportField,
  type UserImportMapping,
  type UserImportRemark,
} from '@sallyport/contract'
import { usernameKey, type StagedUser } from '@sallyport/store'
import { z } from 'zod'
import { parsePhone } from '../../../phone-number.ts'
import { pinProblem } from '../../pin-rules.ts'
import { CellProblem, readBoolean, readLanguage, readMethods, readMode } from './cell-words.ts'
import type { FileRecord } from './records.ts'

export interface RowOptions {
  readonly mapping: UserImportMapping
  readonly headings: readonly string[]
  readonly pinRules: CompanySettings['pin']
}

const fieldsOfRow = z.object({ ...createUserInput.omit({ password: true }).shape, ...userFactorFields })
/** Where a field of a user comes from, when it is not its own column. */
const columnOf: Readonly<Record<string, UserImportField>> = { factorMethods: 'methods' }

export function readUser({ line, fields }: FileRecord, options: RowOptions): StagedUser {
  const { mapping, headings } = options
  const at = (field: UserImportField) => mapping.fields.indexOf(field)
  // An export writes '+49… for +49…, so that no spreadsheet takes it for a formula.
  const cell = (field: UserImportField) => (fields[at(field)] ?? '').replace(/^'(?=[=+\-@])/, '').trim()
  const username = cell('username')
  const shown = printable(username)
  const refused = (...remarks: UserImportRemark[]): StagedUser => ({
    line,
    username: shown,
    user: null,
    pin: '',
    remarks,
  })
  if (fields.length !== headings.length) {
    return refused({ column: null, message: `This line has ${fields.length} fields, the header ${headings.length}.` })
  }
  const remarks: UserImportRemark[] = []
  const remark = (field: UserImportField, message: string) =>
    remarks.push({ column: headings[at(field)] ?? field, message })
  function reading<T>(field: UserImportField, read: (text: string) => T, otherwise: T): T {
    try {
      return read(cell(field))
    } catch (error) {
      if (!(error instanceof CellProblem)) throw error
      remark(field, error.message)
      return otherwise
    }
  }
  const factorMethods = reading('methods', readMethods, [])
  const modes = reading('mode', (text) => readMode(text, factorMethods), {})
  const mode = (field: 'callMode' | 'textMode' | 'appMode') =>
    cell(field).toLowerCase().replace(/\s+/g, '-') || (modes[field] ?? null)
  const candidate = {
    ...{ username, firstName: cell('firstName'), lastName: cell('lastName'), email: cell('email') },
    description: cell('description'),
    enabled: reading('enabled', readBoolean, true) ?? true,
    factorMethods,
    ...numberOf(cell('phone'), cell('countryCode') || mapping.countryCode, cell('phoneExtension'), 'phone'),
    ...numberOf(
      cell('backupPhone'),
      cell('backupCountryCode') || cell('countryCode') || mapping.countryCode,
      cell('backupExtension'),
      'backupPhone',
    ),
    ...{ callMode: mode('callMode'), textMode: mode('textMode'), appMode: mode('appMode') },
    textWithPin: reading('textWithPin', readBoolean, null) ?? modes.textWithPin ?? null,
    language: reading('language', readLanguage, ''),
  }
  const parsed = fieldsOfRow.safeParse(candidate)
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path[0])
    remark(columnOf[name] ?? (name as UserImportField), message)
  }
  if (parsed.success && usernameKey(parsed.data.username) === '') {
    remark('username', 'Enter a name with letters or digits in it.')
  }
  const pin = cell('pin')
  const fault = pin === '' ? null : faultOfPin(pin, options.pinRules)
  if (fault !== null) remark('pin', fault)
  if (!parsed.success || remarks.length > 0) return refused(...remarks)
  return { line, username: shown, user: { ...parsed.data, oathToken: cell('oathToken').slice(0, 64) }, pin, remarks }
}

/** What cannot be read as a number stays as it is, and is refused by the schema's own words. */
function numberOf(text: string, country: string, extension: string, field: 'phone' | 'backupPhone') {
  const digits = country.replace(/\D/g, '')
  const number = text === '' ? undefined : parsePhone(text, digits === '' ? '' : `+${digits}`)
  const known = { number: number?.number ?? text, extension: extension === '' ? (number?.extension ?? '') : extension }
  return field === 'phone'
    ? { phone: known.number, phoneExtension: known.extension }
    : { backupPhone: known.number, backupExtension: known.extension }
}

function faultOfPin(pin: string, rules: CompanySettings['pin']): string | null {
  const parsed = setPinInput.shape.pin.safeParse(pin)
  return parsed.success ? pinProblem(pin, rules) : (parsed.error.issues[0]?.message ?? '')
}

/** For the log: what the file says there, in what a line of the log has room for. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, 253)
}
