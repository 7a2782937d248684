/** What an administrator's link holds: behind the #, so that it reaches no server's log, and taken out of the address at once. */

export function takeLinkToken(): string | null {
  const { pathname, hash } = window.location
  if (pathname !== '/enrol' || hash.length < 2) return null
  window.history.replaceState(null, '', '/')
  return hash.slice(1)
}
