/** One limb as a plain drawing of its regions of skin, filled with how they feel. The list beside it says and asks the same. */
import { Box, useTheme } from '@mui/material';
import type { Limb, Sensation, SensoryRegion, Side } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import type { Tone } from '../theme/palette.js';

type Drawn = readonly [region: SensoryRegion, path: string, glyphX: number, glyphY: number];
// Right limb, seen from the front and from behind: the outer side is at the left of the front view. A left limb is the mirror image.
const LEG_FRONT: readonly Drawn[] = [
  ['thigh-outer', 'M14 20 Q4 60 14 118 L26 118 Q20 60 30 14 Z', 18, 74],
  ['thigh-front', 'M31 14 Q22 60 28 118 L58 118 Q64 60 60 10 Z', 44, 70],
  ['shin-outer', 'M20 124 Q14 170 24 228 L38 228 L38 124 Z', 28, 172],
  ['shin-inner', 'M40 124 L40 228 L52 228 Q60 170 56 124 Z', 48, 172],
  ['foot-top', 'M24 232 L52 232 L58 262 Q40 272 16 264 Z', 38, 252],
];
const LEG_BACK: readonly Drawn[] = [
  ['buttock', 'M8 8 Q36 -2 62 8 Q66 34 58 46 Q34 58 10 44 Q2 26 8 8 Z', 34, 28],
  ['thigh-back', 'M10 50 Q34 62 58 52 Q60 88 54 120 L16 120 Q8 86 10 50 Z', 34, 90],
  ['calf', 'M16 125 L54 125 Q60 168 48 228 L24 228 Q8 168 16 125 Z', 35, 172],
  ['foot-sole', 'M22 232 L50 232 Q58 250 52 268 Q36 276 20 268 Q14 250 22 232 Z', 36, 252],
];
const ARM_BACK: readonly Drawn[] = [
  ['shoulder-outer', 'M18 8 Q48 0 60 22 Q62 44 54 58 L16 58 Q8 30 18 8 Z', 36, 34],
  ['upper-arm-back', 'M17 62 L54 62 Q56 96 50 122 L20 122 Q14 92 17 62 Z', 36, 94],
  ['forearm-back', 'M20 127 L50 127 Q52 170 46 208 L26 208 Q16 168 20 127 Z', 36, 168],
  ['hand-back', 'M25 212 L47 212 Q58 226 54 260 Q38 274 20 260 Q14 228 25 212 Z', 37, 240],
];
const VIEWS: Readonly<Record<Limb, readonly { view: 'front' | 'back'; drawn: readonly Drawn[] }[]>> = {
  leg: [
    { view: 'front', drawn: LEG_FRONT },
    { view: 'back', drawn: LEG_BACK },
  ],
  arm: [{ view: 'back', drawn: ARM_BACK }],
};

export const SENSATION_LOOK: Readonly<Record<Sensation, { tone: Tone; glyph: string }>> = {
  normal: { tone: 'success', glyph: '=' },
  reduced: { tone: 'warning', glyph: '–' },
  absent: { tone: 'danger', glyph: '0' },
  increased: { tone: 'info', glyph: '+' },
};

interface Props {
  limb: Limb;
  side: Side;
  feels: (region: SensoryRegion) => Sensation | null;
  /** The territory of the suspected nerve, drawn with a bolder line. */
  suspected: readonly SensoryRegion[];
  onPick?: (region: SensoryRegion) => void;
}

const WIDTH = 72;
const HEIGHT = 296;

export function LimbMap({ limb, side, feels, suspected, onPick }: Props) {
  const translate = useTranslate();
  const { palette } = useTheme();
  const views = VIEWS[limb];
  return (
    <Box aria-hidden sx={{ width: views.length * 120, maxWidth: '100%' }}>
      <svg viewBox={`0 0 ${views.length * (WIDTH + 16)} ${HEIGHT}`} width="100%" role="presentation">
        {views.map(({ view, drawn }, index) => {
          // From behind, what was at the left is at the right.
          const mirrored = (side === 'left') !== (view === 'back');
          const place = (x: number) => (mirrored ? WIDTH - x : x);
          return (
            <g key={view} transform={`translate(${index * (WIDTH + 16) + 8} 0)`}>
              {drawn.map(([region, path, x, y]) => {
                const sensation = feels(region);
                const look = sensation && SENSATION_LOOK[sensation];
                return (
                  // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for a pointer; the list beside it is what keys and readers use
                  <g key={region} onClick={() => onPick?.(region)} style={{ cursor: onPick ? 'pointer' : undefined }} data-region={region}>
                    <title>{translate(`examination.region.${region}`)}</title>
                    <path
                      d={path}
                      transform={mirrored ? `translate(${WIDTH} 0) scale(-1 1)` : undefined}
                      fill={look ? palette.tone[look.tone].soft : palette.background.paper}
                      stroke={look ? palette.tone[look.tone].solid : palette.text.secondary}
                      strokeWidth={suspected.includes(region) ? 2.2 : 1}
                      strokeDasharray={look ? undefined : '4 3'}
                    />
                    {look && (
                      <text
                        x={place(x)}
                        y={y + 6}
                        textAnchor="middle"
                        fontSize={18}
                        fontWeight={700}
                        fill={palette.tone[look.tone].solid}
                        pointerEvents="none"
                      >
                        {look.glyph}
                      </text>
                    )}
                  </g>
                );
              })}
              <text x={WIDTH / 2} y={HEIGHT - 4} textAnchor="middle" fontSize={11} fill={palette.text.secondary}>
                {translate(`examination.view.${view}`)}
              </text>
            </g>
          );
        })}
      </svg>
    </Box>
  );
}
