/** How a user is named. */
import type { UserView } from '@sallyport/contract'

/** First and last name; empty where neither is known. */
export function fullName({ firstName, lastName }: Pick<UserView, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`.trim()
}
