/** Links that look like the component set's and know the console's routes. */
import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

type LinkPart<Look> = Look & Omit<ComponentPropsWithRef<'a'>, keyof Look>

function LinkText(props: LinkPart<AnchorProps>) {
  return <Anchor inherit={props.size === undefined} {...props} />
}

function LinkButton(props: LinkPart<ButtonProps>) {
  return <Button component="a" {...props} />
}

/** A link in a text or a cell. */
export const TextLink = createLink(LinkText)

/** A link that looks like a button. */
export const ButtonLink = createLink(LinkButton)
