/** Which language somebody gets: the first of theirs that there is, else English. */

/** @param offered tags that there are words for */
export function chooseLanguage(wanted: readonly string[], offered: readonly string[]): string {
  return wanted.map((tag) => tag.split('-')[0]?.toLowerCase() ?? tag).find((tag) => offered.includes(tag)) ?? 'en'
}
