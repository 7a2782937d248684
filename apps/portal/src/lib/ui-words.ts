/** Hands the shared components the words that they say themselves. */
import type { UiWords } from '@sallyport/ui'
import { t } from './words.ts'

/** To be called once the words are there. */
export function uiWords(): UiWords {
  return {
    cancel: t('ui.cancel'),
    close: t('ui.close'),
    copy: t('ui.copy'),
    copied: t('ui.copied'),
    discard: t('ui.discard'),
    generate: t('ui.generate'),
    hide: t('ui.hide'),
    keepEditing: t('ui.keepEditing'),
    loading: t('ui.loading'),
    never: t('ui.never'),
    show: t('ui.show'),
    tryAgain: t('ui.tryAgain'),
    unsavedTitle: t('ui.unsavedTitle'),
    unsavedText: t('ui.unsavedText'),
    typeName: t('ui.typeName'),
    shownOf: t('ui.shownOf'),
    stepOk: t('ui.stepOk'),
    stepFailed: t('ui.stepFailed'),
  }
}
