/** Ways to Test sign-in from what is to be tried: a client, a user. Nobody sees them who may not use the screen. */
import { ActionIcon, type ActionIconProps } from '@mantine/core'
import { api } from '@sallyport/contract'
import { IconTestPipe } from '@tabler/icons-react'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'
import { ButtonLink } from './links.tsx'
import { useMay } from './session.ts'
import { t } from './words.ts'

type IconLinkProps = ActionIconProps & Omit<ComponentPropsWithRef<'a'>, keyof ActionIconProps>

const IconLink = createLink(function LinkIcon(props: IconLinkProps) {
  return <ActionIcon component="a" {...props} />
})

export interface Tried {
  /** The id of a RADIUS client. */
  readonly client?: string
  /** A user's name. */
  readonly user?: string
}

/** In a row; `name` says what is tried. */
export function TestSignInIcon({ name, ...tried }: Tried & { readonly name: string }) {
  const { may } = useMay(api.testSignIns.start)
  if (!may) return null
  const label = t('app.testSignIn.named', { name })
  return (
    <IconLink to="/test-sign-in" search={tried} variant="subtle" color="gray" aria-label={label} title={label}>
      <IconTestPipe size={17} aria-hidden />
    </IconLink>
  )
}

export function TestSignInButton(tried: Tried) {
  const { may } = useMay(api.testSignIns.start)
  if (!may) return null
  return (
    <ButtonLink
      to="/test-sign-in"
      search={tried}
      variant="default"
      leftSection={<IconTestPipe size={16} aria-hidden />}
    >
      {t('app.testSignIn.plain')}
    </ButtonLink>
  )
}
