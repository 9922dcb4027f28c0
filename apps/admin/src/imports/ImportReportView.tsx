import { Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import type { ImportReport } from '@vastus/contract';
import { type ReactNode, useId } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useFormat } from '../format.js';
import { Sideways } from '../ui/Sideways.js';
import { StatusTag } from '../ui/StatusTag.js';

/** What an import does or did: who, how much, what changes in a record, and every entry that was left out, with the reason. */
export function ImportReportView({ report, done }: { report: ImportReport; done: boolean }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`imports.report.${key}`, options);
  const left = report.notTaken.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <Stack sx={{ gap: 2 }}>
      <Stack direction="row" component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 1, flexWrap: 'wrap' }}>
        {[
          t('patients', { smart_count: report.patients.length }),
          t('results', { smart_count: report.labResults }),
          t('proposals', { smart_count: report.proposals }),
          t('profile', { smart_count: report.profileChanges.length }),
        ].map((words) => (
          <li key={words}>
            <StatusTag tone="info">{words}</StatusTag>
          </li>
        ))}
        <li>
          <StatusTag tone={left > 0 ? 'neutral' : 'success'}>{t('left', { smart_count: left })}</StatusTag>
        </li>
      </Stack>

      {report.patients.length > 0 && (
        <Part title={t('who')}>
          <Box component="ul" sx={{ m: 0, pl: 2.5, fontSize: '0.875rem' }}>
            {report.patients.map((patient) => (
              <li key={patient.recordNumber + patient.name}>
                {patient.patientId ? (
                  <MuiLink component={Link} to={`/patients/${patient.patientId}/show`}>
                    {patient.name}
                  </MuiLink>
                ) : (
                  <strong>{patient.name}</strong>
                )}{' '}
                <Box component="span" sx={{ color: 'text.secondary' }} className="tabular">
                  {isDate(patient.birthDate) ? format.date(patient.birthDate) : patient.birthDate} ·{' '}
                  {translate('app.recordNumber', { number: patient.recordNumber })}
                </Box>{' '}
                {t(`action.${done ? 'done' : 'planned'}.${patient.action}`)}
              </li>
            ))}
          </Box>
        </Part>
      )}

      {report.profileChanges.length > 0 && (
        <Part title={t('profileTitle')}>
          <Box component="ul" sx={{ m: 0, pl: 2.5, fontSize: '0.875rem' }}>
            {report.profileChanges.map((change) => (
              <li key={change.recordNumber + change.field + change.to}>
                {t(`field.${change.field}`, { _: change.field })}: <strong>{change.to}</strong>{' '}
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {translate('app.recordNumber', { number: change.recordNumber })} · <Reason text={change.because} />
                </Box>
              </li>
            ))}
          </Box>
        </Part>
      )}

      <Part title={t('counts')}>
        <Table head={[t('resource'), t('created'), t('updated'), t('unchanged'), t('skipped')]}>
          {byTaken(report).map(([resource, counts]) => (
            <tr key={resource}>
              <th scope="row">{resource}</th>
              <td>{counts.created}</td>
              <td>{counts.updated}</td>
              <td>{counts.unchanged}</td>
              <td>{counts.skipped}</td>
            </tr>
          ))}
        </Table>
      </Part>

      {report.notTaken.length > 0 && (
        <Box component="details">
          <Box component="summary" sx={{ cursor: 'pointer', minHeight: 28, fontSize: '0.875rem', fontWeight: 600 }}>
            {t('notTaken', { smart_count: left })}
          </Box>
          <Table head={[t('resource'), t('reason'), t('code'), t('entries')]}>
            {report.notTaken.map((line) => (
              <tr key={line.resourceType + line.reason + line.code + line.display}>
                <th scope="row">{line.resourceType}</th>
                <td>
                  <Reason text={line.reason} />
                </td>
                <td>{[line.display, line.code].filter(Boolean).join(' · ') || '–'}</td>
                <td>
                  {line.entries.length}
                  <Box component="span" sx={{ color: 'text.secondary' }}>
                    {' '}
                    ({line.entries.slice(0, 5).join(', ')}
                    {line.entries.length > 5 && ' …'})
                  </Box>
                </td>
              </tr>
            ))}
          </Table>
        </Box>
      )}
    </Stack>
  );
}

/** What is taken comes first; the long rest follows by name. */
function byTaken({ byResource }: ImportReport) {
  const taken = ({ created, updated, unchanged }: ImportReport['byResource'][string]) => created + updated + unchanged;
  return Object.entries(byResource).sort(([a, one], [b, other]) => taken(other) - taken(one) || a.localeCompare(b));
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** The server's sentence in the language of the screen. What it does not know is the server's own, and marked as English. */
function Reason({ text }: { text: string }) {
  const translate = useTranslate();
  const rest = / \([^()]*\)$/.exec(text)?.[0] ?? '';
  const sentence = text.slice(0, text.length - rest.length);
  const said = translate(`importReasons.${sentence.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`, { _: '' });
  return said ? `${said}${rest}` : <span lang="en">{text}</span>;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <Box component="section" aria-labelledby={heading}>
      <Typography variant="h4" component="h4" id={heading} sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Table({ head, children }: { head: readonly string[]; children: ReactNode }) {
  return (
    // Scrolled sideways by keyboard, too.
    <Sideways label={head.join(', ')}>
      <Box
        component="table"
        sx={{
          width: '100%',
          borderCollapse: 'collapse',
          fontSize: '0.8125rem',
          '& th, & td': { textAlign: 'left', verticalAlign: 'top', px: 1, py: 0.5, borderTop: 1, borderColor: 'divider' },
          '& thead th': { borderTop: 0, color: 'text.secondary' },
        }}
      >
        <thead>
          <tr>
            {head.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </Box>
    </Sideways>
  );
}
