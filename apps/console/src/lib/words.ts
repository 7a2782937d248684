/**
 * The message catalogue: a folder a language, a file a feature, merged here; English is the ground. What is said behind the
 * door alone, its pages add with {@link addWords} (`page-words.ts` beside them), so that nobody waits for it at the sign-in.
 */
import i18next from 'i18next'

type WordFiles = Readonly<Record<string, Record<string, unknown>>>

const files: WordFiles = import.meta.glob<Record<string, unknown>>(
  [
    '../words/*/*.json',
    '!../words/*/account.json',
    '!../words/*/administrators.json',
    '!../words/*/caching-rules.json',
    '!../words/*/changes.json',
    '!../words/*/client-security.json',
    '!../words/*/company-settings.json',
    '!../words/*/denials.json',
    '!../words/*/directory-integration.json',
    '!../words/*/directory-sync.json',
    '!../words/*/fraud-reports.json',
    '!../words/*/gateways.json',
    '!../words/*/oath-imports.json',
    '!../words/*/own-factors.json',
    '!../words/*/radius-authentication.json',
    '!../words/*/radius-servers.json',
    '!../words/*/radsec.json',
    '!../words/*/reply-attributes.json',
    '!../words/*/reports.json',
    '!../words/*/sign-ins.json',
    '!../words/*/standing-history.json',
    '!../words/*/test-sign-in.json',
    '!../words/*/trusted-networks.json',
    '!../words/*/usage.json',
    '!../words/*/user-batches.json',
    '!../words/*/user-factors.json',
    '!../words/*/user-imports.json',
    '!../words/*/vendor-profiles.json',
    '!../words/*/vpn-sessions.json',
  ],
  { eager: true, import: 'default' },
)

const resources: Record<string, { words: Record<string, unknown> }> = {}
for (const { language, feature, content } of wordsIn(files)) {
  const words = (resources[language] ??= { words: {} })
  words.words[feature] = content
}

const catalogue = i18next.createInstance()
void catalogue.init({
  resources,
  lng: preferredLanguage(),
  fallbackLng: 'en',
  defaultNS: 'words',
  interpolation: { escapeValue: false },
  initAsync: false,
})

/** Adds the words of one feature, in every language: files by their path, as `import.meta.glob` gives them. */
export function addWords(added: WordFiles): void {
  for (const { language, feature, content } of wordsIn(added)) {
    catalogue.addResourceBundle(language, 'words', { [feature]: content }, true)
  }
}

function* wordsIn(found: WordFiles): Iterable<{ language: string; feature: string; content: Record<string, unknown> }> {
  for (const [path, content] of Object.entries(found)) {
    const [, language, feature] = /\/([\w-]+)\/([\w-]+)\.json$/.exec(path) ?? []
    if (language !== undefined && feature !== undefined) yield { language, feature, content }
  }
}

/** Values that a sentence holds in `{{name}}`; `count` also chooses between one and many. */
export type WordValues = Readonly<Record<string, string | number>>

/** The words under a key, such as `t('status.title')`: the file's name, then the path in it. */
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
export function language(): string {
  return catalogue.language
}

function preferredLanguage(): string {
  const offered = Object.keys(resources)
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages
  return wanted.map((tag) => tag.split('-')[0] ?? tag).find((tag) => offered.includes(tag)) ?? 'en'
}
