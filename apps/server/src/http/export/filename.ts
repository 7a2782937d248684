/** What an exported file is called: what is in it, and as of when. */

export function exportFilename(what: string, now: Date, ending = 'csv'): string {
  return `sallyport-${what}-${now.toISOString().slice(0, 16).replace(':', '')}Z.${ending}`
}
