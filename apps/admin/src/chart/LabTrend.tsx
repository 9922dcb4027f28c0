import { Box, Typography, useTheme } from '@mui/material';
import { useDrawingArea, useXScale, useYScale } from '@mui/x-charts/hooks';
import { LineChart } from '@mui/x-charts/LineChart';
import { ANALYTE_CATALOGUE, type Analyte } from '@vastus/clinical';
import type { Injection, LabResult } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { written } from '../lab-results/units.js';
import type { Tone } from '../theme/palette.js';
import { rangeText, TREND_ANALYTES } from './trend.js';

const INK: Readonly<Record<string, Tone>> = { b12: 'accent', homocysteine: 'warning', mma: 'info' };
const DAY = 86_400_000;

/** One small chart per analyte on one time axis: units that differ never share a scale. */
export default function LabTrend({ results, injections }: { results: readonly LabResult[]; injections: readonly Injection[] }) {
  const translate = useTranslate();
  const effective = results.filter(({ state }) => state === 'effective');
  const shown = TREND_ANALYTES.filter((analyte) => effective.some((result) => result.analyte === analyte));
  const given = injections.filter(({ state, status }) => state === 'effective' && status === 'given');
  const doses = [...new Set(given.map(({ givenOn }) => givenOn))];
  const times = [...effective.filter(({ analyte }) => shown.includes(analyte)).map(({ collectedOn }) => collectedOn), ...doses].map(
    (date) => Date.parse(date),
  );
  const from = Math.min(...times);
  const to = Math.max(...times);
  const margin = Math.max(14 * DAY, (to - from) * 0.04);
  return (
    <Box role="group" aria-label={translate('patients.trend.title')}>
      {shown.map((analyte, index) => (
        <Curve
          key={analyte}
          analyte={analyte}
          results={effective.filter((result) => result.analyte === analyte)}
          doses={doses}
          from={new Date(from - margin)}
          to={new Date(to + margin)}
          withAxis={index === shown.length - 1}
        />
      ))}
    </Box>
  );
}

interface CurveProps {
  analyte: Analyte;
  results: readonly LabResult[];
  doses: readonly string[];
  from: Date;
  to: Date;
  withAxis: boolean;
}

function Curve({ analyte, results, doses, from, to, withAxis }: CurveProps) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { palette } = useTheme();
  const { reference, canonicalUnit } = ANALYTE_CATALOGUE[analyte];
  const unit = written(canonicalUnit);
  const ink = palette.tone[INK[analyte] ?? 'accent'].solid;
  const points = results.toSorted((a, b) => a.collectedAt.localeCompare(b.collectedAt));
  const top = Math.max(...points.map(({ harmonizedValue }) => harmonizedValue), (reference.high ?? reference.low ?? 0) * 1.1) * 1.08;
  const label = `${word('analyte', analyte)} (${unit})`;
  return (
    <Box
      component="figure"
      sx={{ m: 0, mb: 1 }}
      aria-label={`${label}: ${points.map((point) => `${format.date(point.collectedOn)} ${format.number(point.harmonizedValue)}`).join(', ')}`}
    >
      <Typography component="figcaption" variant="subtitle2" sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Box aria-hidden sx={{ width: 10, height: 10, borderRadius: '50%', bgcolor: ink }} />
        {label}
        <Typography component="span" variant="caption" color="text.secondary">
          {translate('patients.trend.reference', { range: rangeText(reference.low, reference.high, format.number) })}
        </Typography>
      </Typography>
      <LineChart
        height={withAxis ? 176 : 142}
        margin={{ left: 0, right: 16, top: 10, bottom: 4 }}
        grid={{ horizontal: true }}
        hideLegend
        skipAnimation
        xAxis={[
          {
            id: 'time',
            scaleType: 'time',
            data: points.map(({ collectedOn }) => new Date(collectedOn)),
            min: from,
            max: to,
            height: withAxis ? 34 : 6,
            position: 'bottom',
            tickNumber: 8,
            disableTicks: !withAxis,
            tickLabelInterval: withAxis ? 'auto' : () => false,
            valueFormatter: (date: Date, { location }) =>
              location === 'tick'
                ? new Intl.DateTimeFormat(format.locale, { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(date)
                : format.date(date.toISOString().slice(0, 10)),
          },
        ]}
        yAxis={[{ id: analyte, min: 0, max: top, width: 52, tickNumber: 4 }]}
        series={[
          {
            data: points.map(({ harmonizedValue }) => harmonizedValue),
            label: word('analyte', analyte),
            yAxisId: analyte,
            color: ink,
            curve: 'linear',
            showMark: true,
            valueFormatter: (value) => `${format.number(value ?? 0)} ${unit}`,
          },
        ]}
      >
        <Band axisId={analyte} low={reference.low ?? 0} high={reference.high ?? top} colour={palette.tone.success.solid} />
        <Doses
          doses={doses}
          colour={palette.text.secondary}
          name={(date) => translate('patients.trend.injection', { date: format.date(date) })}
        />
      </LineChart>
    </Box>
  );
}

function Band({ axisId, low, high, colour }: { axisId: string; low: number; high: number; colour: string }) {
  const y = useYScale<'linear'>(axisId);
  const { left, width, top } = useDrawingArea();
  const upper = Math.max(top, Number(y(high)));
  return <rect x={left} width={width} y={upper} height={Math.max(0, Number(y(low)) - upper)} fill={colour} opacity={0.1} />;
}

/** Injections as small triangles on the time axis, drawn as paths. */
function Doses({ doses, colour, name }: { doses: readonly string[]; colour: string; name: (date: string) => string }) {
  const x = useXScale<'time'>('time');
  const { top, height } = useDrawingArea();
  const bottom = top + height;
  return (
    <g>
      {doses.map((date) => {
        const at = Number(x(new Date(date)));
        return (
          <path key={date} d={`M${at} ${bottom - 7} l4 7 h-8 z`} fill={colour} opacity={0.75}>
            <title>{name(date)}</title>
          </path>
        );
      })}
    </g>
  );
}
