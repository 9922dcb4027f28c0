import { Box, Typography } from '@mui/material';
import type { SiteState } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import type { siteInk } from './palette.js';

interface Props {
  state: SiteState;
  x: number;
  y: number;
  colour: string;
}

/** Tick, dot, clock, cross, exclamation mark: the state without its colour. It never takes the pointer from the site. */
export function SiteGlyph({ state, x, y, colour }: Props) {
  const stroke = { fill: 'none', stroke: colour, strokeLinecap: 'round', strokeLinejoin: 'round', pointerEvents: 'none' } as const;
  switch (state) {
    case 'recommended':
      return <path {...stroke} strokeWidth={2.3} d={`M${x - 4.4} ${y + 0.4}l3.2 3.4l5.8 -7`} />;
    case 'recent':
      return (
        <g {...stroke} strokeWidth={1.5}>
          <circle cx={x} cy={y} r={4.6} />
          <path d={`M${x} ${y - 2.6}v2.8l2 1.1`} />
        </g>
      );
    case 'restricted':
      return <path {...stroke} strokeWidth={2.2} d={`M${x - 3.6} ${y - 3.6}l7.2 7.2m0 -7.2l-7.2 7.2`} />;
    case 'avoid':
      return <path {...stroke} strokeWidth={2.3} d={`M${x} ${y - 5}v5.6m0 4v.2`} />;
    case 'available':
      return <circle cx={x} cy={y} r={2.3} fill={colour} pointerEvents="none" />;
  }
}

const ORDER: readonly SiteState[] = ['recommended', 'available', 'recent', 'avoid', 'restricted'];

export function SiteLegend({ ink, states }: { ink: ReturnType<typeof siteInk>; states: readonly SiteState[] }) {
  const translate = useTranslate();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: '4px 14px', mb: 0.5 }} aria-hidden="true">
      {ORDER.filter((state) => states.includes(state)).map((state) => (
        <Typography key={state} variant="caption" component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.6 }}>
          <Box component="svg" viewBox="0 0 18 18" sx={{ width: 18, height: 18 }}>
            <rect x="1" y="1" width="16" height="16" rx="5" fill={ink[state].fill} stroke={ink[state].line} strokeWidth="1.4" />
            <SiteGlyph state={state} x={9} y={9} colour={ink[state].glyph} />
          </Box>
          {translate(`clinical.siteState.${state}`)}
        </Typography>
      ))}
    </Box>
  );
}
