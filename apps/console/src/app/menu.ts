/** The entries of the main menu, in order, in the words that administrators know. */
import type { Endpoint } from '@sallyport/contract'
import { api } from '@sallyport/contract'
import { IconActivityHeartbeat, IconShieldLock, IconSitemap, type Icon } from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'

export interface MenuEntry {
  readonly to: NonNullable<LinkProps['to']>
  /** Its key under `app.menu`. */
  readonly name: string
  readonly icon: Icon
  /** The heading that it stands under, a key of `app.menu`. */
  readonly group?: 'reports'
  /** Shown to those who may call this. */
  readonly needs: Endpoint
}

export const menu: readonly MenuEntry[] = [
  { to: '/status', name: 'status', icon: IconActivityHeartbeat, needs: api.status.read },
  { to: '/radius-authentication', name: 'radius-authentication', icon: IconShieldLock, needs: api.radius.readSettings },
  { to: '/directory-integration', name: 'directory-integration', icon: IconSitemap, needs: api.directory.readLdap },
  // screens
]
