import { ExpandMoreOutlined, HistoryOutlined } from '@mui/icons-material';
import { Box, IconButton, TableCell, TableRow, Typography } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { type AuditEntry, ROUTES } from '@vastus/contract';
import { Fragment, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useRows } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { useFormat } from '../format.js';
import { PatientFilter } from '../injections/PatientFilter.js';
import { FilterDate, FilterSelect } from '../ui/FilterSelect.js';
import { Page } from '../ui/Page.js';
import { nameOf } from '../ui/PatientLine.js';
import { RowsCard } from '../ui/RowsCard.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { SealMark } from './SealMark.js';

/** As the server writes them; the key of the word has a dash where the action has its dot. */
const ACTIONS = [
  'injection.record',
  'injection.amend',
  'injection.void',
  'injection.read',
  'adverse-event.record',
  'adverse-event.examine',
  'adverse-event.void',
  'adverse-event.read',
  'lab-result.record',
  'lab-result.amend',
  'lab-result.void',
  'alert.acknowledge',
  'alert.snooze',
  'alert.resolve',
  'alert.dismiss',
  'patient.register',
  'patient.edit',
  'patient.read',
  'patient.read-facts',
  'chart.read',
  'timeline.read',
  'course.start',
  'course.end-loading',
  'course.end',
  'course-proposal.accept',
  'course-proposal.decline',
  'route.decide',
  'site-restriction.record',
  'site-restriction.lift',
  'lot.receive',
  'lot.change',
  'import.preview',
  'import.run',
  'import.patient',
  'audit.verify',
  'staff.invite',
  'staff.revoke-invitation',
  'staff.join',
  'staff.change-role',
  'staff.deactivate',
  'staff.reactivate',
  'staff.reset-second-factor',
  'staff.edit-sign-in-policy',
  'session.sign-in',
  'session.sign-in-failed',
  'session.lock-out',
  'session.sign-out',
  'session.end',
  'password.change',
  'second-factor.enrol',
  'second-factor.remove',
  'second-factor.renew-codes',
  'second-factor.recovery-code-used',
];
const wordOf = (action: string) => `audit.did.${action.replace('.', '-')}`;

/** Who did what, when; the reading of charts included. Nothing here can be changed. */
export function AuditList() {
  const translate = useTranslate();
  const { filter, set, any } = useUrlFilter('patient', 'action', 'from', 'to');
  const list = useRows(ROUTES.listAudit, { query: { patientId: filter.patient, from: filter.from, to: filter.to, action: filter.action } });
  const t = (key: string) => translate(`audit.${key}`);
  return (
    <Page title={t('title')} subtitle={t('subtitle')} actions={<SealMark />}>
      <RowsCard
        list={list}
        label={t('title')}
        columns={[
          t('at'),
          t('who'),
          t('what'),
          t('patient'),
          t('request'),
          <span key="open" style={visuallyHidden}>
            {t('show')}
          </span>,
        ]}
        empty={{ text: t(any ? 'noneFound' : 'none'), icon: <HistoryOutlined /> }}
        filters={
          <>
            <PatientFilter patientId={filter.patient} onChange={(patient) => set({ patient })} />
            <FilterSelect
              label={t('action')}
              value={filter.action}
              onChange={(action) => set({ action })}
              options={ACTIONS.map((action) => ({ value: action, label: translate(wordOf(action)) }))}
              minWidth={220}
            />
            <FilterDate label={translate('injections.list.from')} value={filter.from} onChange={(from) => set({ from })} />
            <FilterDate label={translate('injections.list.to')} value={filter.to} onChange={(to) => set({ to })} />
          </>
        }
      >
        {list.rows.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </RowsCard>
    </Page>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const translate = useTranslate();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const details = useId();
  const t = (key: string) => translate(`audit.${key}`);
  const did = translate(wordOf(entry.action), { _: entry.action });
  const recorded = hasContent(entry.before) || hasContent(entry.after);
  return (
    <Fragment>
      <TableRow sx={open ? { '& > td': { borderBottom: 0 } } : undefined}>
        <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
          {format.instant(entry.at)}
        </TableCell>
        <TableCell>
          {entry.actorName ?? t('system')}
          {entry.actorRole && (
            <Typography variant="caption" component="div" color="text.secondary">
              {translate(`app.role.${entry.actorRole}`, { _: entry.actorRole })}
            </Typography>
          )}
        </TableCell>
        <TableCell>
          <strong>{did}</strong>
        </TableCell>
        <TableCell>
          {entry.patient ? (
            <>
              {nameOf(entry.patient)}
              <Typography variant="caption" component="div" color="text.secondary" className="tabular">
                {translate('app.recordNumber', { number: entry.patient.recordNumber })}
              </Typography>
            </>
          ) : (
            '–'
          )}
        </TableCell>
        <TableCell>
          <Typography variant="caption" color="text.secondary" className="tabular">
            {entry.requestId?.slice(0, 13) ?? '–'}
          </Typography>
        </TableCell>
        <TableCell align="right">
          {recorded && (
            <IconButton
              size="small"
              onClick={() => setOpen(!open)}
              aria-expanded={open}
              aria-controls={open ? details : undefined}
              aria-label={`${t(open ? 'hide' : 'show')}: ${did}, ${format.instant(entry.at)}`}
            >
              <ExpandMoreOutlined sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />
            </IconButton>
          )}
        </TableCell>
      </TableRow>
      {open && (
        <TableRow id={details}>
          <TableCell colSpan={6} sx={{ pt: 0 }}>
            <Difference before={entry.before} after={entry.after} />
          </TableCell>
        </TableRow>
      )}
    </Fragment>
  );
}

function hasContent(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Field by field, what was and what is; only what differs, when both are there. */
function Difference({ before, after }: { before: unknown; after: unknown }) {
  const translate = useTranslate();
  const { labelOf } = useIssues();
  const was = (hasContent(before) ? before : {}) as Record<string, unknown>;
  const is = (hasContent(after) ? after : {}) as Record<string, unknown>;
  const both = hasContent(before) && hasContent(after);
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (field) => !both || JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  );
  const cell = { px: 1, py: 0.5, borderTop: 1, borderColor: 'divider', overflowWrap: 'anywhere', fontSize: '0.8125rem' } as const;
  return (
    <Box
      component="table"
      sx={({ palette }) => ({
        width: '100%',
        borderCollapse: 'collapse',
        tableLayout: 'fixed',
        bgcolor: palette.surface.sunken,
        borderRadius: 1,
        '& th': { textAlign: 'left', fontWeight: 600 },
      })}
    >
      <thead>
        <tr>
          {['field', 'before', 'after'].map((column) => (
            <Box component="th" scope="col" key={column} sx={{ ...cell, borderTop: 0, width: column === 'field' ? '24%' : undefined }}>
              {translate(`audit.${column}`)}
            </Box>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <Box component="th" scope="row" sx={cell}>
              {labelOf(field) || field}
            </Box>
            <Box component="td" sx={{ ...cell, color: 'text.secondary' }}>
              {text(was[field])}
            </Box>
            <Box component="td" sx={cell}>
              {text(is[field])}
            </Box>
          </tr>
        ))}
      </tbody>
    </Box>
  );
}

function text(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export default AuditList;
