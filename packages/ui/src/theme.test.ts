import { describe, expect, test } from 'vitest'
import { accent, tones } from './theme.ts'

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

describe.each(['light', 'dark'] as const)('the %s scheme', (scheme) => {
  const tone = tones[scheme]

  test.each(['text', 'dimmed', 'placeholder', 'error', 'link', 'good', 'warning', 'bad', 'neutral'] as const)(
    '%s reads at 4.5 : 1 on the page and on sunken ground (WCAG 2.2 §1.4.3)',
    (name) => {
      expect(contrast(tone[name], tone.body)).toBeGreaterThanOrEqual(4.5)
      expect(contrast(tone[name], tone.sunken)).toBeGreaterThanOrEqual(4.5)
    },
  )

  test('the edge of an input stands out at 3 : 1 (WCAG 2.2 §1.4.11)', () => {
    expect(contrast(tone.inputBorder, tone.body)).toBeGreaterThanOrEqual(3)
  })
})

test('white text reads on the accent of both schemes', () => {
  expect(contrast('#ffffff', accent[8])).toBeGreaterThanOrEqual(4.5)
  expect(contrast('#ffffff', accent[7])).toBeGreaterThanOrEqual(4.5)
})
