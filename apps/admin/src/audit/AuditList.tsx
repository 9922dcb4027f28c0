import { ExpandMoreOutlined, HistoryOutlined } from '@mui/icons-material';
import { IconButton, TableCell, TableRow, Typography } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { AUDIT_ACTIONS, type AuditEntry, ROUTES } from '@vastus/contract';
import { Fragment, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer, useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { PatientFilter } from '../injections/PatientFilter.js';
import { DownloadButton } from '../ui/DownloadButton.js';
import { FilterDate, FilterSelect } from '../ui/FilterSelect.js';
import { Page } from '../ui/Page.js';
import { nameOf } from '../ui/PatientLine.js';
import { RowsCard } from '../ui/RowsCard.js';
import { Segmented } from '../ui/Segmented.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { Difference } from './Difference.js';
import { SealMark } from './SealMark.js';

/** Acts that changed something, and acts that only read or came and went: the server keeps the list of both. */
const KINDS = ['true', 'false'] as const;
const wordOf = (action: string) => `audit.did.${action.replace('.', '-')}`;

/** Who did what, when; the reading of charts included. Nothing here can be changed. */
export function AuditList() {
  const translate = useTranslate();
  const { filter, set, any } = useUrlFilter('patient', 'actor', 'action', 'from', 'to', 'changes');
  const query = {
    ...{ patientId: filter.patient, actorId: filter.actor, action: filter.action, from: filter.from, to: filter.to },
    changes: KINDS.find((kind) => kind === filter.changes),
  };
  const list = useRows(ROUTES.listAudit, { query });
  const actors = useAnswer(ROUTES.listAuditActors, {});
  const t = (key: string) => translate(`audit.${key}`);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <>
          <SealMark />
          <DownloadButton route={ROUTES.exportAudit} sent={{ query }} label={t('export')} />
        </>
      }
    >
      <RowsCard
        list={list}
        label={t('title')}
        columns={[
          t('at'),
          t('who'),
          t('what'),
          t('patient'),
          <span key="open" style={visuallyHidden}>
            {t('show')}
          </span>,
        ]}
        empty={{ text: t(any ? 'noneFound' : 'none'), icon: <HistoryOutlined /> }}
        filters={
          <>
            <PatientFilter patientId={filter.patient} onChange={(patient) => set({ patient })} />
            <FilterSelect
              label={t('person')}
              value={filter.actor}
              onChange={(actor) => set({ actor })}
              options={(actors.data?.items ?? []).map(({ membershipId, name, role, active }) => ({
                value: membershipId,
                label: `${name} · ${translate(`app.role.${role}`)}${active ? '' : ` · ${t('left')}`}`,
              }))}
              minWidth={200}
            />
            <FilterSelect
              label={t('action')}
              value={filter.action}
              onChange={(action) => set({ action })}
              options={AUDIT_ACTIONS.map((action) => ({ value: action, label: translate(wordOf(action)) }))}
              minWidth={220}
            />
            <FilterDate label={translate('injections.list.from')} value={filter.from} onChange={(from) => set({ from })} />
            <FilterDate label={translate('injections.list.to')} value={filter.to} onChange={(to) => set({ to })} />
            <Segmented
              label={t('kind')}
              hideLabel
              value={query.changes ?? null}
              onChange={(changes) => set({ changes })}
              options={[null, ...KINDS].map((kind) => ({ value: kind, label: t(`kinds.${kind ?? 'all'}`) }))}
            />
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
  // Whoever signed in is named in the row already.
  const about =
    entry.subjectName === null || entry.subjectName === entry.actorName
      ? null
      : translate(`audit.subject.${entry.subjectType}`, { name: entry.subjectName, number: entry.subjectName, _: entry.subjectName });
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
          {about && (
            <Typography variant="caption" component="div" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
              {about}
            </Typography>
          )}
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
        <TableCell align="right">
          {(recorded || entry.requestId) && (
            <IconButton
              size="small"
              onClick={() => setOpen(!open)}
              aria-expanded={open}
              aria-controls={open ? details : undefined}
              aria-label={`${t(recorded ? (open ? 'hide' : 'show') : open ? 'hideDetails' : 'showDetails')}: ${did}, ${format.instant(entry.at)}`}
            >
              <ExpandMoreOutlined sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />
            </IconButton>
          )}
        </TableCell>
      </TableRow>
      {open && (
        <TableRow id={details}>
          <TableCell colSpan={5} sx={{ pt: 0 }}>
            {recorded && <Difference before={entry.before} after={entry.after} />}
            {entry.requestId && (
              <Typography variant="caption" component="div" color="text.secondary" className="tabular" sx={{ mt: recorded ? 0.75 : 0 }}>
                {translate('audit.request', { id: entry.requestId })}
              </Typography>
            )}
          </TableCell>
        </TableRow>
      )}
    </Fragment>
  );
}

function hasContent(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

export default AuditList;
