/** A reason in words, which leads to the sign-ins that ended so. */
import { Anchor } from '@mantine/core'
import type { SignInReason } from '@sallyport/contract'
import { useRouter } from '@tanstack/react-router'
import { reasonTitle } from '../../lib/sign-ins/sign-in-words.ts'

export function ReasonLink({ reason }: { readonly reason: SignInReason }) {
  const router = useRouter()
  const href = `/reports/sign-ins?reason=${reason}`
  return (
    <Anchor
      href={href}
      size="sm"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        void router.navigate({ href })
      }}
    >
      {reasonTitle(reason)}
    </Anchor>
  )
}
