/** Words that cells of a file hold, ours and those of other products' exports, as what they mean. */
import type { FactorKind, UserFactors } from '@sallyport/contract'

/** A cell that cannot be taken, and why. */
export class CellProblem extends Error {
  override readonly name = 'CellProblem'
}

const yes: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', 'enabled', 'active', 'ja', 'wahr', 'x'])
const no: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', 'disabled', 'inactive', 'nein', 'falsch'])

/** Null where it is empty. */
export function readBoolean(text: string): boolean | null {
  const word = text.toLowerCase()
  if (word === '') return null
  if (yes.has(word)) return true
  if (no.has(word)) return false
  throw new CellProblem('Write true or false, or leave it empty.')
}

const methodPhrases: readonly (readonly [RegExp, FactorKind])[] = [
  [/\b(phone|voice) call\b/g, 'call'],
  [/\btext message\b/g, 'text'],
  [/\bmobile app( notification)?\b/g, 'push'],
  [/\b(oath|hardware|software) token\b/g, 'oath'],
  [/\be-mail\b/g, 'email'],
]
const methodWords: Readonly<Record<string, FactorKind>> = {
  ...{ push: 'push', app: 'push', oath: 'oath', token: 'oath', totp: 'oath', hotp: 'oath' },
  ...{ text: 'text', sms: 'text', call: 'call', phone: 'call', voice: 'call', email: 'email', mail: 'email' },
}

/** `push oath`, `Phone Call`, `Text Message`: in their order, each once. */
export function readMethods(text: string): FactorKind[] {
  const plain = methodPhrases.reduce((rest, [phrase, kind]) => rest.replace(phrase, kind), text.toLowerCase())
  const words = plain.split(/[\s+/|,;]+/).filter((word) => word !== '' && word !== 'none')
  const methods = words.map((word) => {
    const method = Object.hasOwn(methodWords, word) ? methodWords[word] : undefined
    if (method !== undefined) return method
    throw new CellProblem(`“${word.slice(0, 40)}” is no method: write push, oath, text, call or email.`)
  })
  return [...new Set(methods)]
}

type Modes = Pick<UserFactors, 'callMode' | 'textMode' | 'textWithPin' | 'appMode'>
const modeWords = /^(standard|pin|one-?way|two-?way|otp|code|and|otc|#|message|text|app|call|phone)$/

/** How a method goes, in one column for all of them: `Standard`, `PIN`, `Two-Way OTP + PIN`. */
export function readMode(text: string, methods: readonly FactorKind[]): Partial<Modes> {
  if (text === '') return {}
  const words = text
    .toLowerCase()
    .replace(/\b(one|two) way\b/g, '$1-way')
    .split(/[\s+/|,;()]+/)
    .filter((word) => word !== '')
  if (!words.every((word) => modeWords.test(word))) {
    throw new CellProblem('Write Standard, PIN, One-Way or Two-Way, with + PIN where one is asked for.')
  }
  const pin = words.includes('pin')
  const mode = pin ? 'pin' : 'standard'
  const [method] = methods
  if (method === 'call') return { callMode: mode }
  if (method === 'push') return { appMode: mode }
  if (method !== 'text') return {}
  const way = words.find((word) => /way$/.test(word))
  return { textWithPin: pin, ...(way !== undefined && { textMode: way.startsWith('two') ? 'two-way' : 'one-way' }) }
}

const languageCodes = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs', 'sk', 'hu', 'ro']
const moreLanguageCodes = ['bg', 'el', 'tr', 'ru', 'uk', 'ar', 'he', 'hi', 'ja', 'ko', 'zh', 'th', 'vi', 'id', 'hr']
const languageNames = new Map(
  [...languageCodes, ...moreLanguageCodes].flatMap((code) =>
    ['en', 'de', code].map((said) => [
      (new Intl.DisplayNames([said], { type: 'language' }).of(code) ?? code).toLowerCase(),
      code,
    ]),
  ),
)

/** `English`, `Deutsch`, `en-us`, `de`: as a tag; a region that is not needed goes with a name in brackets. */
export function readLanguage(text: string): string {
  const plain = text.replace(/\s*\(.*\)\s*$/, '').trim()
  const known = languageNames.get(plain.toLowerCase())
  if (known !== undefined || plain === '') return known ?? ''
  const [, language = '', region] = /^([a-z]{2})(?:[-_]([a-z]{2}))?$/i.exec(plain) ?? []
  if (language === '') throw new CellProblem('Write a language such as en or de, or leave it empty.')
  return region === undefined ? language.toLowerCase() : `${language.toLowerCase()}-${region.toUpperCase()}`
}
