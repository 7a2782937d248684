/** A button for those whose role allows what it does; for the others it stays in its place and says why it does nothing. */
import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import type { Endpoint } from '@sallyport/contract'
import type { ComponentPropsWithRef } from 'react'
import { useMay } from './session.ts'

export interface GuardedButtonProps extends ButtonProps, Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps> {
  readonly needs: Endpoint
}

export function GuardedButton({ needs, onClick, ...rest }: GuardedButtonProps) {
  const { may, reason } = useMay(needs)
  return (
    <Tooltip label={reason} disabled={may}>
      <Button {...rest} {...(may ? { onClick } : { 'data-disabled': true, 'aria-disabled': true })} />
    </Tooltip>
  )
}
