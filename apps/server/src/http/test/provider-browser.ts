/** A browser for tests that goes to a provider and comes back: it follows redirections with cookies, and stops at the console. */

/** The address at which it came back; the query is the provider's answer. */
export async function throughProvider(from: string, until: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let url = new URL(from)
  for (let steps = 0; steps < 12; steps++) {
    if (url.href.startsWith(until)) return url
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`the provider answers ${response.status}: ${await response.text()}`)
    url = new URL(location, url)
  }
  throw new Error('the provider sends the browser in circles')
}
