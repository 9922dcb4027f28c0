import type { Theme, ThemeOptions } from '@mui/material/styles';

/** How MUI's parts look here: flat surfaces with a hairline, 4/8 px rhythm, a focus ring that is always visible. */
// Not Components<Theme>: comparing the two takes the compiler ten seconds.
export const components: NonNullable<ThemeOptions['components']> = {
  MuiCssBaseline: {
    styleOverrides: (theme) => ({
      html: { scrollPaddingTop: 160 },
      body: { fontFeatureSettings: '"cv05", "cv11", "ss03"', WebkitFontSmoothing: 'antialiased' },
      ':focus-visible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 2 },
      // The plots take the outline away from the layer that has the keyboard.
      '.MuiChartsSurface-root:has(:focus-visible)': { outline: `2px solid ${theme.palette.primary.main}`, borderRadius: 8 },
      '@media print': {
        '.no-print': { display: 'none !important' },
        main: { margin: '0 !important', padding: '0 !important' },
        section: { breakInside: 'avoid', position: 'static !important' },
      },
      '.tabular': { fontVariantNumeric: 'tabular-nums' },
      '@media (prefers-reduced-motion: reduce)': {
        '*, ::before, ::after': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important' },
      },
    }),
  },
  // As h6, its element unless told otherwise, it would stand at the wrong level under every heading there is.
  MuiTypography: { defaultProps: { variantMapping: { subtitle1: 'p', subtitle2: 'p' } } },
  // Its own style takes the outline away from everything that can be pressed.
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: {
      root: ({ theme }) => ({ '&.Mui-focusVisible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 2 } }),
    },
  },
  // Its ring runs within its own room: outside of it stands the label.
  MuiCheckbox: { defaultProps: { disableFocusRipple: true }, styleOverrides: { root: { '&.Mui-focusVisible': { outlineOffset: -6 } } } },
  MuiRadio: { defaultProps: { disableFocusRipple: true }, styleOverrides: { root: { '&.Mui-focusVisible': { outlineOffset: -6 } } } },
  MuiButton: {
    defaultProps: { disableElevation: true },
    styleOverrides: {
      root: { borderRadius: 8, paddingInline: 14, whiteSpace: 'nowrap' },
      outlined: ({ theme }) => ({ borderColor: theme.palette.divider, backgroundColor: theme.palette.background.paper }),
      sizeSmall: { paddingInline: 10, paddingBlock: 4, fontSize: '0.8125rem' },
      sizeMedium: { minHeight: 38 },
      sizeLarge: { minHeight: 46, fontSize: '0.9375rem' },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: { borderRadius: 8 },
    },
  },
  MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiCard: { styleOverrides: { root: ({ theme }) => ({ border: `1px solid ${theme.palette.divider}`, borderRadius: 12 }) } },
  MuiMenu: {
    styleOverrides: {
      paper: ({ theme }) => ({
        border: `1px solid ${theme.palette.divider}`,
        boxShadow: '0 12px 32px rgb(8 24 32 / 16%)',
        borderRadius: 12,
      }),
    },
  },
  MuiAutocomplete: {
    styleOverrides: {
      paper: ({ theme }) => ({
        border: `1px solid ${theme.palette.divider}`,
        boxShadow: '0 12px 32px rgb(8 24 32 / 16%)',
        borderRadius: 12,
        marginTop: 4,
      }),
    },
  },
  MuiDialog: {
    styleOverrides: {
      paper: ({ theme }) => ({
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: 16,
        boxShadow: '0 24px 64px rgb(8 24 32 / 24%)',
      }),
    },
  },
  MuiDialogTitle: { styleOverrides: { root: { fontSize: '1.125rem', fontWeight: 650, padding: '20px 24px 8px' } } },
  MuiDialogContent: { styleOverrides: { root: { padding: '8px 24px 16px' } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '8px 24px 20px', gap: 4 } } },
  MuiTextField: { defaultProps: { variant: 'outlined', size: 'small' } },
  MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small' } },
  MuiOutlinedInput: {
    styleOverrides: {
      root: ({ theme }) => ({ borderRadius: 8, backgroundColor: theme.palette.background.paper }),
      notchedOutline: ({ theme }) => ({ borderColor: theme.palette.mode === 'light' ? '#8a9aa5' : '#5d707c' }),
    },
  },
  MuiFormHelperText: { styleOverrides: { root: { marginInline: 2 } } },
  MuiChip: { styleOverrides: { root: { borderRadius: 8, fontWeight: 550 }, sizeSmall: { height: 24 } } },
  MuiTooltip: { defaultProps: { arrow: true }, styleOverrides: { tooltip: { fontSize: '0.8125rem', maxWidth: 360 } } },
  MuiTableCell: {
    styleOverrides: {
      root: ({ theme }) => ({ borderColor: theme.palette.divider, paddingBlock: 10 }),
      head: ({ theme }) => ({
        color: theme.palette.text.secondary,
        fontSize: '0.8125rem',
        fontWeight: 600,
        whiteSpace: 'nowrap',
        backgroundColor: theme.palette.background.paper,
      }),
    },
  },
  MuiTableRow: { styleOverrides: { root: { '&:last-of-type > .MuiTableCell-body': { borderBottom: 0 } } } },
  MuiTabs: { styleOverrides: { root: { minHeight: 42 }, indicator: { height: 3, borderRadius: 3 } } },
  MuiTab: { styleOverrides: { root: { minHeight: 42, paddingInline: 14, textTransform: 'none', fontWeight: 600 } } },
  MuiToggleButton: { styleOverrides: { root: { textTransform: 'none', borderRadius: 8, paddingBlock: 6 } } },
  MuiAlert: {
    styleOverrides: {
      root: { borderRadius: 10, fontSize: '0.875rem' },
      standardError: ({ theme }) => tone(theme, 'danger'),
      standardWarning: ({ theme }) => tone(theme, 'warning'),
      standardInfo: ({ theme }) => tone(theme, 'info'),
      standardSuccess: ({ theme }) => tone(theme, 'success'),
    },
  },
  // A line of text is lower than a finger: what is pressed reaches beyond it, what is seen stays where it is.
  MuiLink: { defaultProps: { underline: 'hover' }, styleOverrides: { root: { fontWeight: 550, paddingBlock: 4, marginBlock: -4 } } },
};

function tone(theme: Theme, name: 'danger' | 'warning' | 'info' | 'success') {
  const { soft, text, line } = theme.palette.tone[name];
  return { backgroundColor: soft, color: text, border: `1px solid ${line}`, '& .MuiAlert-icon': { color: text } };
}
