/**
 * The message catalogue: a folder an area, a file a language. A page names its areas and loads the one language that its reader has;
 * tests see to it that every language says everything.
 */
import type { Language } from '@sallyport/ui/language'
import { uiWords } from '@sallyport/ui/words'
import i18next from 'i18next'

type Words = Readonly<Record<string, unknown>>

/** Files by their path, as `import.meta.glob('…/words/app/*.json', { import: 'default' })` gives them. */
export type WordFiles = Readonly<Record<string, () => Promise<unknown>>>

const catalogue = i18next.createInstance()

/** Loads the words of a language, those of the shared components (`ui.…`) with them; resolves once `t` speaks it. */
export async function loadWords(files: WordFiles, chosen: Language): Promise<void> {
  await catalogue.init({
    resources: { [chosen]: { words: { ui: uiWords[chosen], ...(await wordsIn(files, chosen)) } } },
    lng: chosen,
    fallbackLng: false,
    defaultNS: 'words',
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}

/** Adds the words of a part of the page that is loaded later, in the language that the page speaks. */
export async function addWords(files: WordFiles): Promise<void> {
  catalogue.addResourceBundle(catalogue.language, 'words', await wordsIn(files, catalogue.language), true)
}

/** Values that a sentence holds in `{{name}}`; `count` also chooses between one and many. */
export type WordValues = Readonly<Record<string, string | number>>

/** The words under a key, such as `t('requests.approve')`. */
export function t(key: string, values: WordValues = {}): string {
  return catalogue.t(key, values)
}

/** Whether there are words under a key. */
export function has(key: string): boolean {
  return catalogue.exists(key)
}

/** The language of the words, for dates and numbers. */
export function language(): string {
  return catalogue.language
}

async function wordsIn(files: WordFiles, chosen: string): Promise<Words> {
  const loaders = Object.entries(files).filter(([path]) => nameOf(path) === chosen)
  const loaded = await Promise.all(loaders.map(([, load]) => load()))
  return Object.assign({}, ...(loaded as Words[])) as Words
}

function nameOf(path: string): string {
  return /([\w-]+)\.json$/.exec(path)?.[1] ?? ''
}
