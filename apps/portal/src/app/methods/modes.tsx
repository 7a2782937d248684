/** How texts and calls ask, each choice with what it means. */
import type { OwnMethods } from '@sallyport/contract/portal'
import { RadioCards } from '@sallyport/ui'
import { t } from '../../lib/words.ts'

type Chosen = Pick<OwnMethods, 'textMode' | 'callMode'>

export interface ModesProps {
  readonly view: OwnMethods
  readonly isBusy: boolean
  readonly onSave: (modes: Chosen) => void
}

const texts = ['one-way', 'two-way'] as const
const calls = ['standard', 'pin'] as const
const asCompany = 'company'

export function Modes({ view, isBusy, onSave }: ModesProps) {
  const { textMode, callMode, company, methods } = view
  const has = (wanted: string) => methods.some(({ method }) => method === wanted)
  return (
    <>
      {has('text') && (
        <RadioCards
          label={t('methods.text-mode')}
          value={textMode ?? asCompany}
          readOnly={isBusy}
          onChange={(chosen) => onSave({ callMode, textMode: texts.find((mode) => mode === chosen) ?? null })}
          choices={[
            {
              value: asCompany,
              label: t('methods.asCompany'),
              description: t(`methods.mode.${company.textMode}-text`),
            },
            ...texts.map((mode) => ({
              value: mode,
              label: t(`methods.mode.${mode}`),
              description: t(`methods.mode.${mode}-text`),
            })),
          ]}
        />
      )}
      {has('call') && (
        <RadioCards
          label={t('methods.call-mode')}
          value={callMode ?? asCompany}
          readOnly={isBusy}
          onChange={(chosen) => onSave({ textMode, callMode: calls.find((mode) => mode === chosen) ?? null })}
          choices={[
            {
              value: asCompany,
              label: t('methods.asCompany'),
              description: t(`methods.mode.${company.callMode}-text`),
            },
            ...calls.map((mode) => ({
              value: mode,
              label: t(`methods.mode.${mode}`),
              description: t(`methods.mode.${mode}-text`),
              ...(mode === 'standard' && company.callMode === 'pin' && { unavailable: t('methods.companyWantsPin') }),
            })),
          ]}
        />
      )}
    </>
  )
}
