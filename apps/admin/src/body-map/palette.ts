import type { SiteState } from '@vastus/clinical';

interface Ink {
  fill: string;
  line: string;
  glyph: string;
}

/** Every state differs in lightness too, and each has its own glyph: colour is never the only sign. */
const LIGHT: Record<SiteState, Ink> = {
  recommended: { fill: '#1c8558', line: '#0c5436', glyph: '#ffffff' },
  available: { fill: '#d5e5f5', line: '#2f639b', glyph: '#2f639b' },
  recent: { fill: '#f5c768', line: '#855600', glyph: '#4a3000' },
  restricted: { fill: '#f3cccc', line: '#9b1c1c', glyph: '#8a1414' },
  avoid: { fill: '#e7def2', line: '#65449a', glyph: '#523283' },
};

const DARK: Record<SiteState, Ink> = {
  recommended: { fill: '#2fae78', line: '#b7f0d4', glyph: '#04241a' },
  available: { fill: '#27435f', line: '#8fc1f0', glyph: '#b5d8f8' },
  recent: { fill: '#8a6414', line: '#ffd685', glyph: '#fff0cc' },
  restricted: { fill: '#6b2428', line: '#ff9c9c', glyph: '#ffc9c9' },
  avoid: { fill: '#46346a', line: '#c9b1f2', glyph: '#e2d4fb' },
};

export function siteInk(mode: 'light' | 'dark'): Record<SiteState, Ink> {
  return mode === 'dark' ? DARK : LIGHT;
}

/** The figure and the words around it, as CSS variables of the drawing. */
export function figureVariables(mode: 'light' | 'dark', text: string, mute: string, accent: string): Record<string, string> {
  const dark = mode === 'dark';
  return {
    '--figure-text': text,
    '--figure-mute': mute,
    '--figure-accent': accent,
    '--figure-line': dark ? '#8b99a8' : '#8593a1',
    '--figure-detail': dark ? '#55626f' : '#c2ccd6',
    '--figure-skin-edge': dark ? '#2b353f' : '#e2e8ee',
    '--figure-skin': dark ? '#3a4651' : '#f5f8fa',
    '--figure-hatch': dark ? '#ff8d8d' : '#b03a3a',
    '--figure-hatch-ground': dark ? '#5a2a2e' : '#f6dede',
  };
}
