/** Signs in by the OpenID Connect provider: the browser leaves for it, and comes back to a page of its own. */
import { Button } from '@mantine/core'
import { api } from '@sallyport/contract'
import { IconLogin2 } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { problemText } from '../../lib/problem-text.ts'
import { t } from '../../lib/words.ts'
import './page-words.ts'

export interface SignInByProviderProps {
  /** What people call the provider. */
  readonly label: string
  readonly onProblem: (problem: string | undefined) => void
}

export function SignInByProvider({ label, onProblem }: SignInByProviderProps) {
  const [leaving, setLeaving] = useState(false)
  const leave = async () => {
    onProblem(undefined)
    setLeaving(true)
    try {
      const { url } = await call(api.openId.begin, {}, { whenSignedOut: 'fail' })
      window.location.assign(url)
    } catch (error) {
      onProblem(problemText(error))
      setLeaving(false)
    }
  }
  return (
    <Button
      variant="default"
      leftSection={<IconLogin2 size={18} aria-hidden />}
      loading={leaving}
      onClick={() => void leave()}
      fullWidth
    >
      {t('provider-door.button', { label })}
    </Button>
  )
}
