/**
 * The message catalogue: a folder a language, a file a feature, of which the reader's language alone is loaded. Here are the words
 * of the door; what is said behind it alone, its pages add with {@link addWords} (`page-words.ts` beside them), so that nobody
 * waits for it at the sign-in. English is the ground: a language that misses a word of it does not compile.
 */
import type { Language } from '@sallyport/ui/language'
import { readerLanguage } from '@sallyport/ui/reader-language'
import { uiWords } from '@sallyport/ui/words'
import type { door } from '../words/door/en.ts'
import { createCatalogue, type WordValues } from './catalogue.ts'

type Load<Words> = () => Promise<{ readonly default: Words }>

/** The words of one feature: how each language is loaded, whose shape is English's. */
type InEveryLanguage<Words> = { readonly en: Load<Words> } & Readonly<
  Record<Exclude<Language, 'en'>, Load<NoInfer<Words>>>
>

const spoken = readerLanguage()
const catalogue = createCatalogue(spoken)
catalogue.add({ ui: uiWords[spoken] })

const doors: Readonly<Record<Language, () => Promise<{ readonly door: typeof door }>>> = {
  en: () => import('../words/door/en.ts'),
  de: () => import('../words/door/de.ts'),
}

/** What the server and the contract's schemas say in English, in the other languages. */
const translations: Readonly<Record<Exclude<Language, 'en'>, Load<Readonly<Record<string, string>>>>> = {
  de: () => import('../words/sentences/de.json'),
}

let sentences: Readonly<Record<string, string>> = {}
const awaited = new Map<string, Load<unknown>>()
let atTheDoor: Promise<void> | undefined

/** Adds the words of features, by their names, in the reader's language, once {@link loadWords} is asked for them. */
export function addWords<Added extends Readonly<Record<string, unknown>>>(added: {
  readonly [Feature in keyof Added]: InEveryLanguage<Added[Feature]>
}): void {
  for (const [feature, words] of Object.entries<InEveryLanguage<unknown>>(added)) awaited.set(feature, words[spoken])
}

/** Resolves once the words of the door are there, and those that were added: to be awaited before anything is shown. */
export async function loadWords(): Promise<void> {
  atTheDoor ??= openDoor()
  const arriving = [...awaited].map(async ([feature, load]) => {
    catalogue.add({ [feature]: (await load()).default })
    awaited.delete(feature)
  })
  await Promise.all([atTheDoor, ...arriving])
}

async function openDoor(): Promise<void> {
  const translated = spoken === 'en' ? undefined : translations[spoken]()
  catalogue.add((await doors[spoken]()).door)
  if (translated !== undefined) sentences = (await translated).default
}

/** The words under a key, such as `t('app.failed')`: the file's name, then the path in it. */
export function t(key: string, values: WordValues = {}): string {
  return catalogue.text(key, values)
}

/**
 * A sentence of the server or of a contract's schema: the English sentence is its own key, and stands for itself where a
 * language has no other.
 */
export function sentence(english: string): string {
  return (Object.hasOwn(sentences, english) ? sentences[english] : undefined) ?? english
}

/** The language of the words, for dates and numbers. */
export function language(): Language {
  return spoken
}
