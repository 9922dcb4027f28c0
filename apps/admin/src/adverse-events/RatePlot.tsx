import { Box, useTheme } from '@mui/material';
import { BarChart } from '@mui/x-charts/BarChart';
import { useDrawingArea, useXScale, useYScale } from '@mui/x-charts/hooks';
import type { EventRate } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';

export interface RateRow extends EventRate {
  key: string;
  name: string;
  note?: string;
  /** Where the cases behind the number are listed. */
  to?: string;
}

interface RatePlotProps {
  rows: readonly RateRow[];
  overall: EventRate;
  label: string;
}

/** Rates as bars with their intervals; the line is the rate of all. The table under it has the same numbers. */
export default function RatePlot({ rows, overall, label }: RatePlotProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { palette } = useTheme();
  const names = rows.map(({ name }) => name);
  const longest = Math.max(...names.map((name) => name.length));
  const highest = Math.max(...rows.map(({ perThousand }) => perThousand ?? 0));
  // The interval of a handful of doses reaches the sky: it is cut off at the edge, and its numbers stand in the table.
  const top = Math.max(1, highest * 1.6, (overall.high ?? 0) * 1.5);
  const ink = palette.tone.accent.solid;
  const said = (row: RateRow) => `${row.name}: ${row.perThousand === null ? '–' : format.number(row.perThousand, 1)}`;
  return (
    <Box
      component="figure"
      sx={{ m: 0 }}
      role="img"
      aria-label={`${translate('adverseEvents.rates.perThousand')}, ${label}. ${rows.map(said).join('; ')}`}
    >
      <BarChart
        layout="horizontal"
        height={Math.max(140, rows.length * 34 + 64)}
        margin={{ left: 0, right: 24, top: 8, bottom: 4 }}
        hideLegend
        skipAnimation
        grid={{ vertical: true }}
        yAxis={[
          {
            id: 'groups',
            scaleType: 'band',
            data: names,
            width: Math.min(260, 24 + longest * 7.2),
            categoryGapRatio: 0.45,
            disableTicks: true,
          },
        ]}
        xAxis={[{ id: 'rate', min: 0, max: top, height: 56, tickNumber: 8, label: translate('adverseEvents.rates.perThousand') }]}
        series={[
          {
            data: rows.map(({ perThousand }) => perThousand),
            label: translate('adverseEvents.rates.perThousand'),
            color: ink,
            valueFormatter: (value) => (value === null ? '–' : format.number(value, 1)),
          },
        ]}
      >
        <Whiskers rows={rows} colour={palette.text.primary} paper={palette.background.paper} />
        <Overall value={overall.perThousand} colour={palette.text.secondary} />
      </BarChart>
    </Box>
  );
}

function Whiskers({ rows, colour, paper }: { rows: readonly RateRow[]; colour: string; paper: string }) {
  const x = useXScale<'linear'>('rate');
  const y = useYScale<'band'>('groups');
  const { left, width } = useDrawingArea();
  const edge = left + width;
  return (
    <g fill="none" pointerEvents="none">
      {rows.map(({ key, name, low, high }) => {
        const start = y(name);
        if (low === null || high === null || start === undefined) return null;
        const middle = start + y.bandwidth() / 2;
        const from = Number(x(low));
        const to = Math.min(edge, Number(x(high)));
        const line = `M${from} ${middle} H${to} M${from} ${middle - 5} v10 ${to < edge ? `M${to} ${middle - 5} v10` : ''}`;
        // A rim in the colour of the paper keeps the line readable on its bar.
        return (
          <g key={key}>
            <path d={line} stroke={paper} strokeWidth={4.5} />
            <path d={line} stroke={colour} strokeWidth={1.5} />
          </g>
        );
      })}
    </g>
  );
}

function Overall({ value, colour }: { value: number | null; colour: string }) {
  const x = useXScale<'linear'>('rate');
  const { top, height } = useDrawingArea();
  if (value === null) return null;
  const at = Number(x(value));
  return <path d={`M${at} ${top} v${height}`} stroke={colour} strokeDasharray="4 4" pointerEvents="none" />;
}
