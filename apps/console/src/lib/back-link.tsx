/** The way back to the list, above the title of one of its things. */
import { Group } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { TextLink } from './links.tsx'

export function BackLink({
  to,
  search,
  children,
}: {
  readonly to: NonNullable<LinkProps['to']>
  readonly search?: LinkProps['search']
  readonly children: ReactNode
}) {
  return (
    <TextLink to={to} {...(search !== undefined && { search })} size="sm" style={{ alignSelf: 'flex-start' }}>
      <Group component="span" gap={4} wrap="nowrap">
        <IconChevronLeft size={16} aria-hidden /> {children}
      </Group>
    </TextLink>
  )
}
