import { Box, Typography, useTheme } from '@mui/material';
import { useDrawingArea, useXScale } from '@mui/x-charts/hooks';
import { LineChart } from '@mui/x-charts/LineChart';
import type { RecoveryStage } from '@vastus/clinical';
import type { SymptomScore } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { SCALES, type Scale } from './scales.js';

const INK: Readonly<Record<Scale, Tone>> = { pain: 'danger', sensory: 'accent', motor: 'warning' };
const SHAPE: Readonly<Record<Scale, 'circle' | 'square' | 'triangle'>> = { pain: 'circle', sensory: 'square', motor: 'triangle' };
const DAY = 86_400_000;

/** The patient's own curve above what is to be expected, on one time axis (MON-TIMELINE). */
export default function ScorePlot({ scores, stages }: { scores: readonly SymptomScore[]; stages: readonly RecoveryStage[] }) {
  const translate = useTranslate();
  const format = useFormat();
  const { palette } = useTheme();
  const { now } = useSession();
  const points = scores.toSorted((a, b) => a.scoredAt.localeCompare(b.scoredAt));
  const days = [
    ...points.map(({ scoredAt }) => Date.parse(scoredAt)),
    ...stages.flatMap(({ fromOn, untilOn }) => [Date.parse(fromOn), Date.parse(untilOn)]),
  ];
  // One scoring by itself still gets a month around it.
  const from = Math.min(...days) - 7 * DAY;
  const to = Math.max(...days, from + 30 * DAY) + 7 * DAY;
  const drawn = SCALES.filter((scale) => points.some((point) => point[scale] !== null));
  const label = `${translate('followUp.scores.plot')}: ${points
    .map(
      (point) =>
        `${format.date(point.scoredAt.slice(0, 10))} ${drawn.map((scale) => `${translate(`followUp.scores.${scale}`)} ${point[scale] ?? '–'}`).join(', ')}`,
    )
    .join('; ')}`;
  return (
    <Box component="figure" sx={{ m: 0 }} aria-label={label}>
      <Typography component="figcaption" variant="caption" sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', mb: 0.5 }}>
        {drawn.map((scale) => (
          <Box key={scale} component="span" sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center', fontWeight: 600 }}>
            <Box aria-hidden component="svg" viewBox="0 0 10 10" sx={{ width: 11, height: 11, fill: palette.tone[INK[scale]].solid }}>
              {SHAPE[scale] === 'circle' && <circle cx="5" cy="5" r="4.5" />}
              {SHAPE[scale] === 'square' && <rect x="0.5" y="0.5" width="9" height="9" />}
              {SHAPE[scale] === 'triangle' && <path d="M5 0.5 9.5 9.5h-9z" />}
            </Box>
            {translate(`followUp.scores.${scale}`)}
          </Box>
        ))}
      </Typography>
      <LineChart
        height={230}
        margin={{ left: 0, right: 16, top: 10, bottom: 4 }}
        grid={{ horizontal: true }}
        hideLegend
        skipAnimation
        xAxis={[
          {
            id: 'time',
            scaleType: 'time',
            data: points.map(({ scoredAt }) => new Date(scoredAt)),
            min: new Date(from),
            max: new Date(to),
            height: 34,
            position: 'bottom',
            tickNumber: 7,
            valueFormatter: (date: Date, { location }) => (location === 'tick' ? format.tick(date) : format.instant(date.toISOString())),
          },
        ]}
        yAxis={[{ id: 'score', min: 0, max: 10, width: 30, tickNumber: 5 }]}
        series={drawn.map((scale) => ({
          id: scale,
          data: points.map((point) => point[scale]),
          label: translate(`followUp.scores.${scale}`),
          yAxisId: 'score',
          color: palette.tone[INK[scale]].solid,
          curve: 'linear' as const,
          showMark: true,
          shape: SHAPE[scale],
          connectNulls: true,
          valueFormatter: (value: number | null) => (value === null ? '–' : `${value}/10`),
        }))}
      >
        <Stages
          stages={stages}
          colour={palette.tone.info.solid}
          ink={palette.text.secondary}
          now={Date.parse(now)}
          to={to}
          nowLabel={translate('followUp.scores.now')}
        />
      </LineChart>
    </Box>
  );
}

interface StagesProps {
  stages: readonly RecoveryStage[];
  colour: string;
  ink: string;
  now: number;
  to: number;
  nowLabel: string;
}

/** Expected stages as pale spans behind the curve, and today as a line. */
function Stages({ stages, colour, ink, now, to, nowLabel }: StagesProps) {
  const x = useXScale<'time'>('time');
  const { top, height } = useDrawingArea();
  return (
    <g>
      {stages.map(({ stage, fromOn, untilOn }) => {
        const start = Number(x(new Date(fromOn)));
        return (
          <rect
            key={stage}
            x={start}
            width={Math.max(0, Number(x(new Date(untilOn))) - start)}
            y={top}
            height={height}
            fill={colour}
            opacity={0.08}
          />
        );
      })}
      {now <= to && (
        <g>
          <path d={`M${Number(x(new Date(now)))} ${top} v${height}`} stroke={ink} strokeDasharray="4 3" />
          <text x={Number(x(new Date(now))) - 4} y={top + 10} fontSize={11} fill={ink} textAnchor="end">
            {nowLabel}
          </text>
        </g>
      )}
    </g>
  );
}
