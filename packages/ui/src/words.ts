/** The few words that the components say themselves, in every language. */
import type { Language } from './language.ts'

export interface UiWords {
  readonly cancel: string
  readonly close: string
  readonly copy: string
  readonly copied: string
  readonly discard: string
  readonly generate: string
  readonly hide: string
  readonly keepEditing: string
  readonly language: string
  readonly loading: string
  readonly never: string
  readonly show: string
  readonly tryAgain: string
  readonly unsavedTitle: string
  readonly unsavedText: string
  /** Says that the name has to be typed; holds `{name}`. */
  readonly typeName: string
  /** How many rows are shown of how many; holds `{shown}` and `{total}`. */
  readonly shownOf: string
  readonly stepOk: string
  readonly stepFailed: string
}

export const uiWords: Readonly<Record<Language, UiWords>> = {
  en: {
    cancel: 'Cancel',
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    discard: 'Discard changes',
    generate: 'Generate',
    hide: 'Hide',
    keepEditing: 'Keep editing',
    language: 'Language',
    loading: 'Loading…',
    never: 'never',
    show: 'Show',
    tryAgain: 'Try again',
    unsavedTitle: 'Leave without saving?',
    unsavedText: 'What you typed here is not saved yet.',
    typeName: 'Type {name} to confirm',
    shownOf: '{shown} of {total}',
    stepOk: 'Succeeded',
    stepFailed: 'Failed',
  },
  de: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    discard: 'Änderungen verwerfen',
    generate: 'Erzeugen',
    hide: 'Verbergen',
    keepEditing: 'Weiter bearbeiten',
    language: 'Sprache',
    loading: 'Wird geladen …',
    never: 'nie',
    show: 'Anzeigen',
    tryAgain: 'Noch einmal versuchen',
    unsavedTitle: 'Ohne Speichern verlassen?',
    unsavedText: 'Was Sie hier eingegeben haben, ist noch nicht gespeichert.',
    typeName: 'Zum Bestätigen {name} eingeben',
    shownOf: '{shown} von {total}',
    stepOk: 'Erfolgreich',
    stepFailed: 'Fehlgeschlagen',
  },
}
