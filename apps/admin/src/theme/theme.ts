import { createTheme, type ThemeOptions } from '@mui/material/styles';
import type { RaThemeOptions } from 'react-admin';
import { components } from './components.js';
import { DARK_TONES, LIGHT_TONES } from './palette.js';

const FONT = '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif';

const shared: ThemeOptions = {
  spacing: 8,
  shape: { borderRadius: 5 },
  typography: {
    fontFamily: FONT,
    fontSize: 14,
    h1: { fontSize: '1.5rem', lineHeight: 1.3, fontWeight: 650, letterSpacing: '-0.015em' },
    h2: { fontSize: '1.0625rem', lineHeight: 1.4, fontWeight: 620, letterSpacing: '-0.008em' },
    h3: { fontSize: '0.9375rem', lineHeight: 1.45, fontWeight: 620 },
    h4: { fontSize: '0.875rem', lineHeight: 1.5, fontWeight: 620 },
    h5: { fontSize: '1rem', fontWeight: 620 },
    h6: { fontSize: '0.9375rem', fontWeight: 620 },
    subtitle2: { fontSize: '0.8125rem', fontWeight: 600 },
    body1: { fontSize: '0.9375rem', lineHeight: 1.55 },
    body2: { fontSize: '0.875rem', lineHeight: 1.5 },
    caption: { fontSize: '0.8125rem', lineHeight: 1.45 },
    button: { textTransform: 'none', fontWeight: 600, letterSpacing: 0 },
    overline: { textTransform: 'none', fontSize: '0.8125rem', fontWeight: 600, letterSpacing: 0, lineHeight: 1.5 },
  },
  sidebar: { width: 232, closedWidth: 64 },
} as ThemeOptions;

export const lightTheme = createTheme({
  ...shared,
  palette: {
    mode: 'light',
    primary: { main: '#0b5f70', dark: '#084a58', light: '#dff1f4', contrastText: '#ffffff' },
    secondary: { main: '#3f4f9e', contrastText: '#ffffff' },
    error: { main: '#a5122f' },
    warning: { main: '#8f5400' },
    info: { main: '#125d9c' },
    success: { main: '#16734a' },
    text: { primary: '#13222b', secondary: '#4a5a65', disabled: '#6e7d87' },
    divider: '#dfe6ea',
    background: { default: '#f4f7f8', paper: '#ffffff' },
    tone: LIGHT_TONES,
    surface: { sunken: '#f4f7f8', raised: '#ffffff', line: '#dfe6ea' },
  },
  components,
}) as RaThemeOptions;

export const darkTheme = createTheme({
  ...shared,
  palette: {
    mode: 'dark',
    primary: { main: '#6cc8d8', dark: '#8ad6e3', light: '#0f313a', contrastText: '#06222a' },
    secondary: { main: '#aab6ff', contrastText: '#0c1418' },
    error: { main: '#ff8a9b' },
    warning: { main: '#f0b657' },
    info: { main: '#7db9f2' },
    success: { main: '#6fcf9b' },
    text: { primary: '#e8eff3', secondary: '#a9b8c1', disabled: '#8596a0' },
    divider: '#26353e',
    background: { default: '#0c1418', paper: '#131e24' },
    tone: DARK_TONES,
    surface: { sunken: '#0f191e', raised: '#18252c', line: '#26353e' },
  },
  components,
}) as RaThemeOptions;
