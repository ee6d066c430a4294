import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** How everything looks: Inter at 14 px, one deep teal accent, radius 8, steps of 4-8-12-16-24. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace",
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.45', xl: '1.35' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.45' },
    },
  },
  colors: {
    teal: ['#e8f6f4', '#d0ebe8', '#a3d9d3', '#71c4bb', '#47b0a6', '#2b978d', '#18827a', '#0f6b66', '#0b5652', '#07413e'],
  },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { transitionProps: { duration: 120 }, centered: true } },
    Drawer: { defaultProps: { transitionProps: { duration: 150 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 80 } } },
    Table: { defaultProps: { verticalSpacing: '8px', horizontalSpacing: '8px' } },
    Checkbox: { defaultProps: { radius: 'xs' } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 500, radius: 'sm' } },
    Button: { defaultProps: { loaderProps: { type: 'dots' } } },
  },
});

/** The hues of the node families (equal lightness, told apart by colour-blind eyes), and Mantine's greys where they miss AA contrast. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1d2326',
    '--mantine-color-dimmed': '#5b656d',
    '--mantine-color-placeholder': '#6b757d',
    '--mantine-color-error': '#c92a2a',
    // Mantine's own shade misses AA on the tinted ground of badges and alerts.
    '--mantine-color-green-light-color': '#1b6130',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-orange-light-color': '#8f3800',
    '--mantine-color-red-light-color': '#a61e1e',
    '--family-trigger': '#346db2',
    '--family-filter': '#a55026',
    '--family-choice': '#7859a9',
    '--family-wait': '#836900',
    '--family-action': '#13804a',
    '--family-end': '#a54862',
    '--page-ground': '#f7f8f8',
  },
  dark: {
    '--mantine-color-text': '#dcdfe1',
    '--mantine-color-dimmed': '#a3abb1',
    '--mantine-color-placeholder': '#949ba1',
    '--mantine-color-error': '#ff8787',
    '--family-trigger': '#7eb4f9',
    '--family-filter': '#ee9972',
    '--family-choice': '#bca0ef',
    '--family-wait': '#c8b055',
    '--family-action': '#71c791',
    '--family-end': '#ef91a7',
    '--page-ground': '#1d1f20',
  },
});
