import { ScienceOutlined } from '@mui/icons-material';
import {
  Box,
  Button,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { ANALYTE_CATALOGUE } from '@vastus/clinical';
import type { Injection, LabResult, MilestoneOut } from '@vastus/contract';
import { lazy, Suspense, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { written } from '../lab-results/units.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';
import { Sideways } from '../ui/Sideways.js';
import { StatusTag } from '../ui/StatusTag.js';
import { checkWindows, rangeText, TREND_ANALYTES } from './trend.js';

const LabTrend = lazy(() => import('./LabTrend.js'));
const FIRST = 10;

interface ChartResultsProps {
  results: readonly LabResult[];
  injections: readonly Injection[];
  milestones: readonly MilestoneOut[];
  known: KnownFacts | null;
}

/** Results as curves with the injections on them, and as the table behind the curves. */
export function ChartResults({ results, injections, milestones, known }: ChartResultsProps) {
  const { zone } = useSession();
  const translate = useTranslate();
  const hasTrend = results.some(({ analyte, state }) => state === 'effective' && TREND_ANALYTES.includes(analyte));
  const [chosen, setView] = useState<'trend' | 'table' | null>(null);
  const view = chosen ?? (hasTrend ? 'trend' : 'table');
  return (
    <Section
      title={translate('patients.chart.results')}
      flush={view === 'table' || results.length === 0}
      actions={
        results.length > 0 && (
          <ToggleButtonGroup
            size="small"
            exclusive
            value={view}
            onChange={(_, next: 'trend' | 'table' | null) => next && setView(next)}
            aria-label={translate('patients.chart.results')}
            className="no-print"
          >
            <ToggleButton value="trend">{translate('patients.chart.trend')}</ToggleButton>
            <ToggleButton value="table">{translate('patients.chart.table')}</ToggleButton>
          </ToggleButtonGroup>
        )
      }
    >
      {results.length === 0 && <EmptyState icon={<ScienceOutlined />} text={translate('patients.chart.resultsNone')} />}
      {results.length > 0 && view === 'table' && <ResultTable results={results} />}
      {results.length > 0 &&
        view === 'trend' &&
        (hasTrend ? (
          <Suspense fallback={<Skeleton variant="rounded" height={360} />}>
            <LabTrend
              results={results}
              injections={injections}
              windows={checkWindows(milestones, zone)}
              protocol={known?.protocol ?? null}
            />
          </Suspense>
        ) : (
          <Typography color="text.secondary">{translate('patients.trend.none')}</Typography>
        ))}
    </Section>
  );
}

function ResultTable({ results }: { results: readonly LabResult[] }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const [all, setAll] = useState(false);
  const shown = all ? results : results.slice(0, FIRST);
  return (
    <Sideways>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{translate('patients.chart.date')}</TableCell>
            <TableCell>{translate('patients.chart.analyte')}</TableCell>
            <TableCell align="right">{translate('patients.chart.value')}</TableCell>
            <TableCell>{translate('patients.chart.refRange')}</TableCell>
            <TableCell>
              <span style={visuallyHidden}>{translate('patients.chart.state')}</span>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map((result) => {
            const { low, high } = ANALYTE_CATALOGUE[result.analyte].reference;
            const outside = result.interpretation === 'low' || result.interpretation === 'high';
            const converted = result.unit !== result.harmonizedUnit;
            return (
              <TableRow
                key={result.id}
                sx={result.state === 'effective' ? undefined : { '& td': { color: 'text.secondary', textDecoration: 'line-through' } }}
              >
                <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
                  {format.date(result.collectedOn)}
                </TableCell>
                <TableCell>{word('analyte', result.analyte)}</TableCell>
                <TableCell align="right" className="tabular" sx={{ whiteSpace: 'nowrap', fontWeight: outside ? 650 : undefined }}>
                  {format.number(result.harmonizedValue)} {written(result.harmonizedUnit)}
                  {converted && (
                    <Typography variant="caption" color="text.secondary" component="div">
                      {format.number(result.value)} {written(result.unit)}
                    </Typography>
                  )}
                </TableCell>
                <TableCell className="tabular">{rangeText(low, high, format.number)}</TableCell>
                <TableCell align="right">
                  {outside && <StatusTag tone="warning">{translate(`patients.trend.${result.interpretation}`)}</StatusTag>}
                  {result.interpretation === 'expected-high' && <StatusTag tone="neutral">{translate('followUp.expectedHigh')}</StatusTag>}
                  {result.state === 'voided' && <StatusTag tone="neutral">{translate('patients.chart.voided')}</StatusTag>}
                  {result.state === 'superseded' && <StatusTag tone="neutral">{translate('patients.chart.superseded')}</StatusTag>}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      {results.length > FIRST && (
        <Box sx={{ p: 1, textAlign: 'center' }}>
          <Button size="small" onClick={() => setAll(!all)}>
            {all ? translate('patients.chart.showLess') : translate('patients.chart.showAll', { smart_count: results.length })}
          </Button>
        </Box>
      )}
    </Sideways>
  );
}
