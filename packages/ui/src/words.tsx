/** The few words that the components say themselves; the app hands them in, in the reader's language. */
import { createContext, use } from 'react'

export interface UiWords {
  readonly cancel: string
  readonly close: string
  readonly copy: string
  readonly copied: string
  readonly discard: string
  readonly generate: string
  readonly hide: string
  readonly keepEditing: string
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

const english: UiWords = {
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  discard: 'Discard changes',
  generate: 'Generate',
  hide: 'Hide',
  keepEditing: 'Keep editing',
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
}

/** Holds the words; without a provider they are English. */
export const UiWordsContext = createContext<UiWords>(english)

export function useUiWords(): UiWords {
  return use(UiWordsContext)
}
