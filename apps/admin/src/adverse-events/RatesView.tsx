import {
  Box,
  FormControlLabel,
  Link as MuiLink,
  Skeleton,
  Stack,
  Switch,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import type { EventRate } from '@vastus/clinical';
import { type EventRates, ROUTES } from '@vastus/contract';
import { lazy, Suspense } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { FilterDate } from '../ui/FilterSelect.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { Segmented } from '../ui/Segmented.js';
import { Sideways } from '../ui/Sideways.js';
import { StatRow, StatTile } from '../ui/StatTile.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import type { RateRow } from './RatePlot.js';

const RatePlot = lazy(() => import('./RatePlot.js'));
const GROUPS = ['site', 'product', 'lot', 'month'] as const;
type Group = (typeof GROUPS)[number];
/** A year touches thirteen months. */
const PLOTTED = 13;

/** Reactions per 1,000 injections, with the interval that keeps a small number from looking like a trend. */
export function RatesView() {
  const translate = useTranslate();
  const format = useFormat();
  const { filter, set } = useUrlFilter('from', 'to', 'by', 'harm');
  const by = GROUPS.find((group) => group === filter.by) ?? 'site';
  const rates = useAnswer(ROUTES.readEventRates, {
    query: { from: filter.from, to: filter.to, harm: filter.harm === 'true' ? 'true' : undefined },
  });
  const rowsOf = useRateRows();
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.rates.${key}`, options);
  const { data } = rates;
  const overall = data?.overall;
  const rows = data ? rowsOf(data, by) : [];
  return (
    <Stack sx={{ gap: 2.5 }}>
      <Stack direction="row" role="search" aria-label={t('period')} sx={{ gap: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
        <FilterDate label={translate('adverseEvents.list.from')} value={filter.from ?? data?.from} onChange={(from) => set({ from })} />
        <FilterDate label={translate('adverseEvents.list.to')} value={filter.to ?? data?.to} onChange={(to) => set({ to })} />
        <FormControlLabel
          control={<Switch checked={filter.harm === 'true'} onChange={(_, harm) => set({ harm: harm ? 'true' : null })} />}
          label={t('harm')}
        />
      </Stack>
      <ProblemAlert error={rates.error} onRetry={() => void rates.refetch()} />
      <Box sx={{ '& > *': { mb: '0 !important' } }}>
        <StatRow>
          <StatTile
            label={t('overall')}
            value={overall && (overall.perThousand === null ? '–' : format.number(overall.perThousand, 1))}
            note={overall && <Interval rate={overall} />}
          />
          <StatTile label={t('events')} value={overall?.events} to="/adverse-events" />
          <StatTile label={t('injections')} value={overall?.injections} />
          <StatTile
            label={t('useErrors')}
            value={data?.useErrors}
            tone={data?.useErrors ? 'warning' : 'neutral'}
            to="/adverse-events?view=use-errors"
          />
          <StatTile label={t('unlinked')} value={data?.unlinkedEvents} note={data?.unlinkedEvents ? t('unlinkedNote') : undefined} />
        </StatRow>
      </Box>
      <Section title={t('title')} subtitle={t('method')}>
        <Stack sx={{ gap: 2 }}>
          <Segmented<Group>
            label={t('by')}
            hideLabel
            value={by}
            onChange={(group) => set({ by: group === 'site' ? null : group })}
            options={GROUPS.map((value) => ({ value, label: t(`groups.${value}`) }))}
          />
          {!data && !rates.error && <Skeleton variant="rounded" height={300} />}
          {data && rows.every(({ injections }) => injections === 0) && <Typography color="text.secondary">{t('none')}</Typography>}
          {data && rows.some(({ injections }) => injections > 0) && (
            <>
              <Suspense fallback={<Skeleton variant="rounded" height={300} />}>
                <RatePlot
                  rows={by === 'month' ? rows.slice(-PLOTTED) : rows.slice(0, PLOTTED)}
                  overall={data.overall}
                  label={t(`groups.${by}`)}
                />
              </Suspense>
              <RateTable rows={rows} label={t(`groups.${by}`)} />
              {by === 'lot' && data.lotsLeftOut > 0 && (
                <Typography variant="caption" color="text.secondary">
                  {t('lotsLeftOut', { smart_count: data.lotsLeftOut })}
                </Typography>
              )}
            </>
          )}
        </Stack>
      </Section>
    </Stack>
  );
}

function useRateRows() {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  return (rates: EventRates, by: Group): RateRow[] => {
    const period = `from=${rates.from}&to=${rates.to}`;
    if (by === 'site')
      return rates.bySite.map((rate) => ({
        ...rate,
        key: rate.site ?? 'none',
        name: rate.site ? words.word('site', rate.site) : translate('adverseEvents.rates.noSite'),
        to: rate.site ? `/adverse-events?site=${rate.site}` : undefined,
      }));
    if (by === 'product')
      return rates.byProduct.map((rate) => ({
        ...rate,
        key: rate.productId,
        name: rate.productName,
        to: `/adverse-events?product=${rate.productId}`,
      }));
    if (by === 'lot')
      return rates.byLot.map((rate) => ({
        ...rate,
        key: `${rate.lotId}${rate.productName}`,
        name: rate.lotNumber ?? translate('adverseEvents.rates.noLot'),
        note: rate.productName,
        to: rate.lotId ? `/adverse-events?lot=${rate.lotId}` : undefined,
      }));
    return rates.byMonth.map((rate) => ({ ...rate, key: rate.month, name: format.monthOf(rate.month), to: `/adverse-events?${period}` }));
  };
}

/** “0.5 to 5.4”: where the true rate may well lie. */
export function Interval({ rate }: { rate: EventRate }) {
  const translate = useTranslate();
  const format = useFormat();
  if (rate.low === null || rate.high === null) return <>–</>;
  return <>{translate('adverseEvents.rates.interval', { low: format.number(rate.low, 1), high: format.number(rate.high, 1) })}</>;
}

function RateTable({ rows, label }: { rows: readonly RateRow[]; label: string }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string) => translate(`adverseEvents.rates.${key}`);
  return (
    <Sideways label={label}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{label}</TableCell>
            <TableCell align="right">{t('events')}</TableCell>
            <TableCell align="right">{t('injections')}</TableCell>
            <TableCell align="right">{t('perThousand')}</TableCell>
            <TableCell align="right">{t('between')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.key}>
              <TableCell component="th" scope="row">
                {row.name}
                {row.note && (
                  <Typography variant="caption" component="div" color="text.secondary">
                    {row.note}
                  </Typography>
                )}
              </TableCell>
              <TableCell align="right" className="tabular">
                {row.to && row.events > 0 ? (
                  <MuiLink
                    component={Link}
                    to={row.to}
                    aria-label={`${row.name}: ${t('events')} ${row.events}`}
                    sx={{ display: 'inline-block', minWidth: 24, minHeight: 24 }}
                  >
                    {row.events}
                  </MuiLink>
                ) : (
                  row.events
                )}
              </TableCell>
              <TableCell align="right" className="tabular">
                {format.number(row.injections)}
              </TableCell>
              <TableCell align="right" className="tabular">
                {row.perThousand === null ? '–' : format.number(row.perThousand, 1)}
              </TableCell>
              <TableCell align="right" className="tabular">
                <Interval rate={row} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Sideways>
  );
}
