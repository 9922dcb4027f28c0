import { VaccinesOutlined } from '@mui/icons-material';
import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import type { Injection } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { InjectionActions } from '../injections/InjectionActions.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';
import { Sideways } from '../ui/Sideways.js';
import { StatusTag } from '../ui/StatusTag.js';

const FIRST = 8;

/** Every injection on record, latest first; what was voided or replaced stays readable. */
export function ChartInjections({ injections }: { injections: readonly Injection[] }) {
  const translate = useTranslate();
  const [all, setAll] = useState(false);
  const shown = all ? injections : injections.slice(0, FIRST);
  return (
    <Section title={translate('patients.chart.injections')} flush>
      {injections.length === 0 ? (
        <EmptyState icon={<VaccinesOutlined />} text={translate('patients.chart.injectionsNone')} />
      ) : (
        <Sideways>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{translate('patients.chart.date')}</TableCell>
                <TableCell>{translate('patients.chart.dose')}</TableCell>
                <TableCell>{translate('patients.chart.site')}</TableCell>
                <TableCell>
                  <span style={visuallyHidden}>{translate('patients.chart.actions')}</span>
                </TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {shown.map((injection) => (
                <Row key={injection.id} injection={injection} />
              ))}
            </TableBody>
          </Table>
          {injections.length > FIRST && (
            <Box sx={{ p: 1, textAlign: 'center' }}>
              <Button size="small" onClick={() => setAll(!all)}>
                {all ? translate('patients.chart.showLess') : translate('patients.chart.showAll', { smart_count: injections.length })}
              </Button>
            </Box>
          )}
        </Sideways>
      )}
    </Section>
  );
}

function Row({ injection }: { injection: Injection }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const ended = injection.state !== 'effective';
  const { baseline } = injection;
  const told =
    baseline &&
    [
      baseline.pain !== null && translate('patients.chart.pain', { pain: baseline.pain }),
      baseline.sensory && translate(`patients.sensory.${baseline.sensory}`),
      baseline.motor && translate(`patients.motor.${baseline.motor}`),
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <TableRow sx={ended ? { '& td': { color: 'text.secondary' }, '& .told': { textDecoration: 'line-through' } } : undefined}>
      <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
        <span className="told">{format.instant(injection.givenAt)}</span>
        <Typography variant="caption" color="text.secondary" component="div">
          {injection.recordedByName}
        </Typography>
        <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', mt: 0.25 }}>
          {injection.status === 'not-given' && <StatusTag tone="neutral">{translate('patients.chart.notGiven')}</StatusTag>}
          {injection.againstStop && <StatusTag tone="danger">{translate('patients.chart.againstStop')}</StatusTag>}
          {injection.overrideReason && <StatusTag tone="warning">{translate('patients.chart.overridden')}</StatusTag>}
          {injection.selfReported && <StatusTag tone="info">{translate('patients.chart.selfReported')}</StatusTag>}
          {injection.state === 'voided' && <StatusTag tone="neutral">{translate('patients.chart.voided')}</StatusTag>}
          {injection.state === 'superseded' && <StatusTag tone="neutral">{translate('patients.chart.superseded')}</StatusTag>}
          {!ended && injection.replacesId && <StatusTag tone="neutral">{translate('patients.chart.amended')}</StatusTag>}
        </Box>
      </TableCell>
      <TableCell>
        <span className="told">
          {injection.productName}, {format.dose(injection.doseMicrograms)}
        </span>
        <Typography variant="caption" color="text.secondary" component="div">
          {injection.status === 'not-given'
            ? injection.notGivenReason
            : injection.lotNumber && `${translate('patients.chart.lot')} ${injection.lotNumber}`}
          {told && <Box>{told}</Box>}
        </Typography>
      </TableCell>
      <TableCell>
        {injection.site ? word('site', injection.site) : injection.route === 'SC' && injection.status === 'given' ? 'SC' : '–'}
      </TableCell>
      <TableCell align="right" className="no-print">
        <InjectionActions injection={injection} />
      </TableCell>
    </TableRow>
  );
}
