import { ExpandMoreOutlined, HistoryOutlined } from '@mui/icons-material';
import { FormControlLabel, IconButton, Switch, TableCell, TableRow, Typography } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { type AuditEntry, ROUTES } from '@vastus/contract';
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
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { ACTIONS } from './actions.js';
import { Difference } from './Difference.js';
import { SealMark } from './SealMark.js';

const wordOf = (action: string) => `audit.did.${action.replace('.', '-')}`;

/** Who did what, when; the reading of charts included. Nothing here can be changed. */
export function AuditList() {
  const translate = useTranslate();
  const { filter, set, any } = useUrlFilter('patient', 'actor', 'action', 'from', 'to', 'changes');
  const query = {
    ...{ patientId: filter.patient, actorId: filter.actor, action: filter.action, from: filter.from, to: filter.to },
    changes: filter.changes === 'true' ? ('true' as const) : undefined,
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
              options={ACTIONS.map((action) => ({ value: action, label: translate(wordOf(action)) }))}
              minWidth={220}
            />
            <FilterDate label={translate('injections.list.from')} value={filter.from} onChange={(from) => set({ from })} />
            <FilterDate label={translate('injections.list.to')} value={filter.to} onChange={(to) => set({ to })} />
            <FormControlLabel
              control={<Switch checked={filter.changes === 'true'} onChange={(_, on) => set({ changes: on ? 'true' : null })} />}
              label={t('onlyChanges')}
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

export default AuditList;
