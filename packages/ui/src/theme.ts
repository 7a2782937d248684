/** The one look: an accent colour, a type scale and an even density, with WCAG AA contrast in light and dark. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** Petrol, light to dark. Shade 8 carries white text; shades 3 and 4 are text on dark. */
export const accent: MantineColorsTuple = [
  '#e8f5f8',
  '#d0e8ee',
  '#a3d1dd',
  '#76bccd',
  '#4ea5ba',
  '#318fa5',
  '#1f7e94',
  '#136c81',
  '#0d5b6d',
  '#08434f',
]

/** Cool greys from text (0) to the darkest ground (9); 7 is the page, 6 what lies on it. */
export const dark: MantineColorsTuple = [
  '#dbe1e7',
  '#b3bcc6',
  '#929daa',
  '#6f7b89',
  '#414b57',
  '#303944',
  '#20272f',
  '#171c22',
  '#12161b',
  '#0c0f13',
]

/** What text and lines look like where the component set’s own choice is too faint to read. */
export const tones = {
  light: {
    body: '#ffffff',
    text: '#1b2229',
    dimmed: '#55606c',
    placeholder: '#646e79',
    error: '#c1231c',
    inputBorder: '#7f8994',
    link: accent[8],
    sunken: '#f5f7f8',
    good: '#1c7a43',
    warning: '#a25c00',
    bad: '#c1231c',
    neutral: '#66707b',
  },
  dark: {
    body: dark[7],
    text: dark[0],
    dimmed: '#a5afba',
    placeholder: '#8d97a3',
    error: '#ff8a80',
    inputBorder: '#6f7b89',
    link: accent[3],
    sunken: dark[8],
    good: '#56c98a',
    warning: '#f0b04a',
    bad: '#ff8a80',
    neutral: '#97a2ae',
  },
} as const

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 7 },
  colors: { accent, dark },
  black: tones.light.text,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", "Cascadia Code", "Liberation Mono", Consolas, monospace',
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: { centered: false, yOffset: '6dvh', transitionProps: { duration: 120 } },
      styles: { title: { fontWeight: 600, fontSize: '1.0625rem' } },
    },
    Tooltip: {
      defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } },
  },
})

/** Puts the tones where the component set looks for them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables('light'),
  dark: schemeVariables('dark'),
})

function schemeVariables(scheme: keyof typeof tones): Record<string, string> {
  const tone = tones[scheme]
  return {
    '--mantine-color-body': tone.body,
    '--mantine-color-text': tone.text,
    '--mantine-color-dimmed': tone.dimmed,
    '--mantine-color-placeholder': tone.placeholder,
    '--mantine-color-error': tone.error,
    '--mantine-color-anchor': tone.link,
    '--ui-input-border': tone.inputBorder,
    '--ui-sunken': tone.sunken,
    '--ui-good': tone.good,
    '--ui-warning': tone.warning,
    '--ui-bad': tone.bad,
    '--ui-neutral': tone.neutral,
    '--ui-line': scheme === 'light' ? '#dde2e6' : dark[5],
  }
}
