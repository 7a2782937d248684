/** What a person scans or types to add an account: a link with the code behind its #, or the code alone. */

/** The code in a link of this server, or as it was typed; undefined where it is neither. */
export function readActivation(text: string, origin: string): { code: string } | { otherServer: string } | undefined {
  const typed = text.trim()
  if (/^https?:\/\//i.test(typed)) {
    if (!URL.canParse(typed)) return undefined
    const url = new URL(typed)
    const code = codeOf(new URLSearchParams(url.hash.slice(1)).get('activate') ?? '')
    if (code === undefined) return undefined
    return url.origin === origin ? { code } : { otherServer: `${url.origin}/app/${url.hash}` }
  }
  const code = codeOf(typed)
  return code === undefined ? undefined : { code }
}

function codeOf(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, '')
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code) ? code : undefined
}
