import { Box, Typography, useTheme } from '@mui/material';
import { useDrawingArea, useXScale, useYScale } from '@mui/x-charts/hooks';
import { LineChart } from '@mui/x-charts/LineChart';
import { ANALYTE_CATALOGUE, type Analyte, type ClinicDate, type ProtocolParameters } from '@vastus/clinical';
import type { Injection, LabResult } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { written } from '../lab-results/units.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { type CheckWindow, rangeText, TREND_ANALYTES, targetOf } from './trend.js';

const INK: Readonly<Record<string, Tone>> = { b12: 'accent', homocysteine: 'warning', mma: 'info' };
const DAY = 86_400_000;

interface Props {
  results: readonly LabResult[];
  injections: readonly Injection[];
  windows: readonly CheckWindow[];
  protocol: ProtocolParameters | null;
}

/** One small chart per analyte on one time axis: units that differ never share a scale. */
export default function LabTrend({ results, injections, windows, protocol }: Props) {
  const translate = useTranslate();
  const { today } = useSession();
  const effective = results.filter(({ state }) => state === 'effective');
  const shown = TREND_ANALYTES.filter((analyte) => effective.some((result) => result.analyte === analyte));
  const given = injections.filter(({ state, status }) => state === 'effective' && status === 'given');
  const doses = [...new Set(given.map(({ givenOn }) => givenOn))];
  const dated = [...effective.filter(({ analyte }) => shown.includes(analyte)).map(({ collectedOn }) => collectedOn), ...doses, today];
  const times = dated.map((date) => Date.parse(date));
  const begun = Math.min(...times);
  // The next check is in view; the ones of years to come would press the curve into a corner.
  const next = windows.find(({ until }) => until >= today);
  const to = Math.max(...times, next ? Date.parse(next.until) : 0);
  const margin = Math.max(14 * DAY, (to - begun) * 0.04);
  const inView = windows.filter(({ from, until }) => Date.parse(until) >= begun && Date.parse(from) <= to);
  return (
    <Box role="group" aria-label={translate('patients.trend.title')}>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ mb: 1 }}>
        {translate('patients.trend.legend')}
        {inView.length > 0 && ` ${translate('patients.trend.windows')}`}
      </Typography>
      {shown.map((analyte, index) => (
        <Curve
          key={analyte}
          analyte={analyte}
          results={effective.filter((result) => result.analyte === analyte)}
          doses={doses}
          windows={inView}
          target={targetOf(analyte, protocol)}
          today={today}
          from={new Date(begun - margin)}
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
  doses: readonly ClinicDate[];
  windows: readonly CheckWindow[];
  target: number | null;
  today: ClinicDate;
  from: Date;
  to: Date;
  withAxis: boolean;
}

function Curve({ analyte, results, doses, windows, target, today, from, to, withAxis }: CurveProps) {
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
  const aim = target === null ? null : translate('patients.trend.target', { value: format.number(target), unit });
  return (
    <Box
      component="figure"
      sx={{ m: 0, mb: 1 }}
      aria-label={`${label}: ${points.map((point) => `${format.date(point.collectedOn)} ${format.number(point.harmonizedValue)}`).join(', ')}${aim ? `. ${aim}` : ''}`}
    >
      <Typography component="figcaption" variant="subtitle2" sx={{ display: 'flex', columnGap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Box aria-hidden sx={{ width: 10, height: 10, borderRadius: '50%', bgcolor: ink }} />
        {label}
        <Typography component="span" variant="caption" color="text.secondary">
          {translate('patients.trend.reference', { range: rangeText(reference.low, reference.high, format.number) })}
          {aim && ` · ${aim}`}
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
              location === 'tick' ? format.tick(date) : format.date(date.toISOString().slice(0, 10)),
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
        <Windows windows={windows} colour={palette.tone.neutral.solid} name={windowName} />
        {target !== null && <Target axisId={analyte} value={target} colour={palette.tone.danger.solid} />}
        <Now day={today} colour={palette.text.secondary} />
        <Doses
          doses={doses}
          colour={palette.text.secondary}
          name={(date) => translate('patients.trend.injection', { date: format.date(date) })}
        />
      </LineChart>
    </Box>
  );

  function windowName({ months, from: begins, until }: CheckWindow): { short: string; long: string } {
    const short = months === null ? translate('patients.trend.yearly') : translate('app.months', { smart_count: months });
    return { short, long: translate('patients.trend.window', { what: short, from: format.date(begins), until: format.date(until) }) };
  }
}

function Band({ axisId, low, high, colour }: { axisId: string; low: number; high: number; colour: string }) {
  const y = useYScale<'linear'>(axisId);
  const { left, width, top } = useDrawingArea();
  const upper = Math.max(top, Number(y(high)));
  return <rect x={left} width={width} y={upper} height={Math.max(0, Number(y(low)) - upper)} fill={colour} opacity={0.1} />;
}

/** What the protocol wants to be reached, as a broken line. */
function Target({ axisId, value, colour }: { axisId: string; value: number; colour: string }) {
  const y = useYScale<'linear'>(axisId);
  const { left, width } = useDrawingArea();
  return <path d={`M${left} ${Number(y(value))} h${width}`} stroke={colour} strokeDasharray="6 4" strokeWidth={1.3} fill="none" />;
}

interface WindowsProps {
  windows: readonly CheckWindow[];
  colour: string;
  name: (window: CheckWindow) => { short: string; long: string };
}

/** When each planned check counts, as a pale column with its name. */
function Windows({ windows, colour, name }: WindowsProps) {
  const x = useXScale<'time'>('time');
  const { top, height } = useDrawingArea();
  return (
    <g>
      {windows.map((window) => {
        const start = Number(x(new Date(window.from)));
        const width = Math.max(2, Number(x(new Date(window.until))) - start);
        const { short, long } = name(window);
        return (
          <g key={`${window.from} ${window.until}`}>
            <title>{long}</title>
            <rect x={start} y={top} width={width} height={height} fill={colour} opacity={0.11} />
            {width > 26 && (
              <text x={start + width / 2} y={top + 10} fontSize={10} fill={colour} textAnchor="middle">
                {short}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function Now({ day, colour }: { day: ClinicDate; colour: string }) {
  const x = useXScale<'time'>('time');
  const { top, height } = useDrawingArea();
  return <path d={`M${Number(x(new Date(day)))} ${top} v${height}`} stroke={colour} strokeDasharray="2 3" />;
}

/** Injections as small triangles on the time axis, drawn as paths. */
function Doses({ doses, colour, name }: { doses: readonly ClinicDate[]; colour: string; name: (date: ClinicDate) => string }) {
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
