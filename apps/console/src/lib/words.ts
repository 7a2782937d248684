/**
 * The message catalogue: a folder a language, a file a feature, of which the reader's language alone is loaded. Here are the words
 * of the door; what is said behind it alone, its pages add with {@link addWords} (`page-words.ts` beside them), so that nobody
 * waits for it at the sign-in. English is the ground: a language that misses a word of it does not compile.
 */
import type { Language } from '@sallyport/ui/language'
import { readerLanguage } from '@sallyport/ui/reader-language'
import { uiWords } from '@sallyport/ui/words'
import i18next from 'i18next'
import type { door } from '../words/door/en.ts'

type Load<Words> = () => Promise<{ readonly default: Words }>

/** The words of one feature: how each language is loaded, whose shape is English's. */
type InEveryLanguage<Words> = { readonly en: Load<Words> } & Readonly<
  Record<Exclude<Language, 'en'>, Load<NoInfer<Words>>>
>

const spoken = readerLanguage()
const catalogue = i18next.createInstance()
void catalogue.init({
  resources: { [spoken]: { words: { ui: uiWords[spoken] } } },
  lng: spoken,
  fallbackLng: false,
  defaultNS: 'words',
  interpolation: { escapeValue: false },
  initAsync: false,
})

const doors: Readonly<Record<Language, () => Promise<{ readonly door: typeof door }>>> = {
  en: () => import('../words/door/en.ts'),
  de: () => import('../words/door/de.ts'),
}

const arriving: Promise<void>[] = []

/** Adds the words of features, by their names, in the reader's language; {@link loadWords} waits for them. */
export function addWords<Added extends Readonly<Record<string, unknown>>>(added: {
  readonly [Feature in keyof Added]: InEveryLanguage<Added[Feature]>
}): void {
  for (const [feature, words] of Object.entries<InEveryLanguage<unknown>>(added)) {
    arriving.push(words[spoken]().then(({ default: content }) => add({ [feature]: content })))
  }
}

/** What the server and the contract's schemas say in English, in the other languages. */
const sentences: Readonly<Record<Exclude<Language, 'en'>, Load<Readonly<Record<string, string>>>>> = {
  de: () => import('../words/sentences/de.json'),
}

async function openDoor(): Promise<void> {
  const [{ door: words }, said] = await Promise.all([
    doors[spoken](),
    spoken === 'en' ? undefined : sentences[spoken](),
  ])
  add(words)
  if (said !== undefined) catalogue.addResourceBundle(spoken, 'sentences', said.default)
}

let atTheDoor: Promise<void> | undefined

/** Resolves once the words of the door are there, and those that were added: to be awaited before anything is shown. */
export async function loadWords(): Promise<void> {
  atTheDoor ??= openDoor()
  await Promise.all([atTheDoor, ...arriving])
}

/** Values that a sentence holds in `{{name}}`; `count` also chooses between one and many. */
export type WordValues = Readonly<Record<string, string | number>>

/** The words under a key, such as `t('app.failed')`: the file's name, then the path in it. */
export function t(key: string, values: WordValues = {}): string {
  return catalogue.t(key, values)
}

/**
 * A sentence of the server or of a contract's schema: the English sentence is its own key, and stands for itself where a
 * language has no other.
 */
export function sentence(english: string): string {
  return catalogue.t(english, { ns: 'sentences', keySeparator: false, nsSeparator: false, defaultValue: english })
}

/** The language of the words, for dates and numbers. */
export function language(): Language {
  return spoken
}

function add(words: Readonly<Record<string, unknown>>): void {
  catalogue.addResourceBundle(spoken, 'words', words, true)
}
