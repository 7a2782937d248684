/** A duration as people read it: milliseconds, then seconds with one decimal, then minutes and seconds. */

export function durationText(durationMs: number): string {
  if (durationMs < 1) return '<1 ms'
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`
  const seconds = Math.round(durationMs / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
