/** Colours by meaning. Every `text` on its `soft` background, and on the page, keeps a contrast of at least 4.5 : 1 in its mode. */
export type Tone = 'critical' | 'danger' | 'warning' | 'info' | 'success' | 'neutral' | 'accent';
export interface ToneColours {
  text: string;
  soft: string;
  line: string;
  solid: string;
  onSolid: string;
}

declare module '@mui/material/styles' {
  interface Palette {
    tone: Record<Tone, ToneColours>;
    surface: { sunken: string; raised: string; line: string };
  }
  interface PaletteOptions {
    tone?: Record<Tone, ToneColours>;
    surface?: { sunken: string; raised: string; line: string };
  }
}

const WHITE = '#ffffff';
const INK = '#0c1418';

export const LIGHT_TONES: Record<Tone, ToneColours> = {
  critical: { text: WHITE, soft: '#a5122f', line: '#a5122f', solid: '#a5122f', onSolid: WHITE },
  danger: { text: '#9d1330', soft: '#fdecef', line: '#f2c4cd', solid: '#b3173a', onSolid: WHITE },
  warning: { text: '#7a4600', soft: '#fff3df', line: '#efd3a4', solid: '#8f5400', onSolid: WHITE },
  info: { text: '#0d4f86', soft: '#e8f2fb', line: '#c2dbf0', solid: '#125d9c', onSolid: WHITE },
  success: { text: '#11603b', soft: '#e4f5ec', line: '#b9dfca', solid: '#16734a', onSolid: WHITE },
  neutral: { text: '#44545f', soft: '#eef2f4', line: '#d8e0e5', solid: '#4c5d68', onSolid: WHITE },
  accent: { text: '#0a5565', soft: '#e2f3f5', line: '#b8dde3', solid: '#0b5f70', onSolid: WHITE },
};

export const DARK_TONES: Record<Tone, ToneColours> = {
  critical: { text: INK, soft: '#ff8a9b', line: '#ff8a9b', solid: '#ff8a9b', onSolid: INK },
  danger: { text: '#ffa9b5', soft: '#3d1820', line: '#6b2a37', solid: '#ff8a9b', onSolid: INK },
  warning: { text: '#f7c878', soft: '#372810', line: '#5f4720', solid: '#f0b657', onSolid: INK },
  info: { text: '#a3cffa', soft: '#122b42', line: '#254a6b', solid: '#7db9f2', onSolid: INK },
  success: { text: '#8fdcb2', soft: '#11301f', line: '#245740', solid: '#6fcf9b', onSolid: INK },
  neutral: { text: '#b7c5ce', soft: '#1e2b33', line: '#33434d', solid: '#a5b4be', onSolid: INK },
  accent: { text: '#8ad6e3', soft: '#0f313a', line: '#215560', solid: '#6cc8d8', onSolid: INK },
};
