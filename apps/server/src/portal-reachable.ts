/** Whether the portal's address is one that people's devices can have: a link to this machine's own loopback helps nobody. */

/** @param url an origin */
export function isPortalReachable(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return !/^(?:localhost|.+\.localhost|127\..+|0\.0\.0\.0|\[::1?\])$/.test(hostname)
}
