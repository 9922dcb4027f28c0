import { VaccinesOutlined } from '@mui/icons-material';
import { Box, Button, TableCell, TableRow, Typography } from '@mui/material';
import { SITE_IDS, type SiteId } from '@vastus/clinical';
import { type Injection, ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { FilterDate, FilterSelect } from '../ui/FilterSelect.js';
import { Page } from '../ui/Page.js';
import { PatientLine } from '../ui/PatientLine.js';
import { RowsCard } from '../ui/RowsCard.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { InjectionActions } from './InjectionActions.js';
import { PatientFilter } from './PatientFilter.js';

const STATES = ['effective', 'superseded', 'voided'] as const;

/** Every injection, latest first. What was wrong stays readable, struck through, with the reason. */
export function InjectionList() {
  const translate = useTranslate();
  const words = useWords();
  const { may } = useSession();
  const { filter, set, any } = useUrlFilter('patient', 'site', 'from', 'to', 'state', 'lot');
  const t = (key: string) => translate(`injections.list.${key}`);
  const list = useRows(ROUTES.listInjections, {
    query: {
      patientId: filter.patient,
      lotId: filter.lot,
      site: filter.site as SiteId | undefined,
      from: filter.from,
      to: filter.to,
      state: filter.state as (typeof STATES)[number] | undefined,
    },
  });
  return (
    <Page
      title={t('title')}
      actions={
        may('injection.record') && (
          <Button component={Link} to="/log-injection" variant="contained" startIcon={<VaccinesOutlined />}>
            {translate('injections.form.title')}
          </Button>
        )
      }
    >
      <RowsCard
        list={list}
        label={t('title')}
        columns={[
          t('when'),
          t('patient'),
          t('what'),
          <Box key="actions" component="span" sx={{ display: 'block', textAlign: 'right' }}>
            {t('actions')}
          </Box>,
        ]}
        empty={{ text: t(any ? 'noneFound' : 'none'), icon: <VaccinesOutlined /> }}
        filters={
          <>
            <PatientFilter patientId={filter.patient} onChange={(patient) => set({ patient })} />
            <FilterSelect
              label={t('where')}
              value={filter.site}
              onChange={(site) => set({ site })}
              options={SITE_IDS.map((site) => ({ value: site, label: words.word('site', site) }))}
            />
            <FilterDate label={t('from')} value={filter.from} onChange={(from) => set({ from })} />
            <FilterDate label={t('to')} value={filter.to} onChange={(to) => set({ to })} />
            <FilterSelect
              label={t('state')}
              value={filter.state}
              onChange={(state) => set({ state })}
              options={STATES.map((state) => ({ value: state, label: t(`states.${state}`) }))}
              minWidth={140}
            />
            {any && (
              <Button onClick={() => set({ patient: null, site: null, from: null, to: null, state: null, lot: null })}>{t('reset')}</Button>
            )}
          </>
        }
      >
        {list.rows.map((injection) => (
          <Row key={injection.id} injection={injection} />
        ))}
      </RowsCard>
    </Page>
  );
}

function Row({ injection }: { injection: Injection }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.list.${key}`, options);
  const ended = injection.state !== 'effective';
  const struck = ended ? { textDecoration: 'line-through', color: 'text.secondary' } : undefined;
  return (
    <TableRow data-state={injection.state}>
      <TableCell className="tabular" sx={{ whiteSpace: 'nowrap', ...struck }}>
        {format.instant(injection.givenAt)}
        <Typography variant="caption" color="text.secondary" component="div" sx={{ textDecoration: 'none' }}>
          {injection.recordedByName}
        </Typography>
      </TableCell>
      <TableCell>
        <PatientLine patient={injection.patient} />
      </TableCell>
      <TableCell>
        <Box sx={struck}>
          <strong>
            {injection.status === 'given' ? (injection.site ? words.word('site', injection.site) : injection.route) : t('notGiven')}
          </strong>
          <Typography variant="caption" component="div" color="text.secondary">
            {[
              injection.productName,
              format.dose(injection.doseMicrograms),
              injection.lotNumber && t('lot', { number: injection.lotNumber }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Typography>
        </Box>
        <Remarks injection={injection} />
      </TableCell>
      <TableCell align="right">
        <InjectionActions injection={injection} />
      </TableCell>
    </TableRow>
  );
}

/** Everything about a record that is not ordinary. */
export function Remarks({ injection }: { injection: Injection }) {
  const translate = useTranslate();
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.list.${key}`, options);
  const reason =
    injection.voidReason ?? injection.amendReason ?? injection.overrideReason ?? injection.stopReason ?? injection.notGivenReason;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, mt: 0.5, '&:empty': { display: 'none' } }}>
      {injection.state !== 'effective' && <StatusTag tone="neutral">{t(`states.${injection.state}`)}</StatusTag>}
      {injection.state === 'effective' && injection.replacesId && <StatusTag tone="info">{t('corrected')}</StatusTag>}
      {injection.againstStop && <StatusTag tone="danger">{t('againstStop')}</StatusTag>}
      {injection.overrideReason && <StatusTag tone="warning">{t('override')}</StatusTag>}
      {injection.selfReported && <StatusTag tone="info">{t('selfReported')}</StatusTag>}
      {reason && (
        <Typography variant="caption" color="text.secondary" sx={{ width: '100%' }}>
          {reason}
        </Typography>
      )}
    </Box>
  );
}

export default InjectionList;
