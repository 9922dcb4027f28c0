import { HealthAndSafetyOutlined } from '@mui/icons-material';
import { Button, TableCell, TableRow, Typography } from '@mui/material';
import { dateInZone } from '@vastus/clinical';
import { type AdverseEvent, OUTCOMES, ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { PatientFilter } from '../injections/PatientFilter.js';
import { useSession } from '../session/useSession.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { Page } from '../ui/Page.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { RowsCard } from '../ui/RowsCard.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { LEVEL_TONE } from './TriagePanel.js';

const LEVELS = ['emergency', 'urgent', 'suspected-injury', 'benign'] as const;

export function AdverseEventList() {
  const translate = useTranslate();
  const words = useWords();
  const { may } = useSession();
  const { filter, set, any } = useUrlFilter('patient', 'level', 'outcome');
  const t = (key: string) => translate(`adverseEvents.list.${key}`);
  const list = useRows(ROUTES.listAdverseEvents, {
    query: {
      patientId: filter.patient,
      level: filter.level as (typeof LEVELS)[number] | undefined,
      outcome: filter.outcome as (typeof OUTCOMES)[number] | undefined,
    },
  });
  return (
    <Page
      title={t('title')}
      actions={
        may('adverse-event.record') && (
          <Button component={Link} to="/report-event" variant="contained">
            {translate('adverseEvents.report.title')}
          </Button>
        )
      }
    >
      <RowsCard
        list={list}
        label={t('title')}
        columns={[t('patient'), `${t('onset')} · ${t('site')}`, `${t('level')} · ${t('severity')}`, t('lot'), t('outcome')]}
        empty={{ text: t(any ? 'noneFound' : 'none'), icon: <HealthAndSafetyOutlined /> }}
        filters={
          <>
            <PatientFilter patientId={filter.patient} onChange={(patient) => set({ patient })} />
            <FilterSelect
              label={t('level')}
              value={filter.level}
              onChange={(level) => set({ level })}
              options={LEVELS.map((level) => ({ value: level, label: words.word('level', level) }))}
            />
            <FilterSelect
              label={t('outcome')}
              value={filter.outcome}
              onChange={(outcome) => set({ outcome })}
              options={OUTCOMES.map((outcome) => ({ value: outcome, label: words.word('eventOutcome', outcome) }))}
            />
          </>
        }
      >
        {list.rows.map((event) => (
          <Row key={event.id} event={event} />
        ))}
      </RowsCard>
    </Page>
  );
}

function Row({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const { zone } = useSession();
  const voided = event.state !== 'effective';
  return (
    <TableRow hover sx={voided ? { '& td': { textDecoration: 'line-through', color: 'text.secondary' } } : undefined}>
      <TableCell>
        <PatientLine patient={event.patient} />
        <Button
          size="small"
          component={Link}
          to={`/adverse-events/${event.id}/show`}
          sx={{ px: 0.5, ml: -0.5, minWidth: 0 }}
          aria-label={`${translate('adverseEvents.list.open')}: ${nameOf(event.patient)}, ${format.instant(event.onsetAt)}`}
        >
          {translate('adverseEvents.list.open')}
        </Button>
      </TableCell>
      <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
        {format.instant(event.onsetAt)}
        <Typography variant="caption" component="div" color="text.secondary">
          {event.site ? words.word('site', event.site) : '–'}
        </Typography>
      </TableCell>
      <TableCell>
        <StatusTag tone={LEVEL_TONE[event.triage.level]}>{words.word('level', event.triage.level)}</StatusTag>
        <Typography variant="caption" component="div" color="text.secondary">
          {[
            words.word('severityLevel', event.triage.severity),
            event.ctcaeTerm && words.word('ctcae', event.ctcaeTerm),
            event.ctcaeGrade && translate('adverseEvents.list.grade', { grade: event.ctcaeGrade }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      </TableCell>
      <TableCell>
        {event.lotNumber ?? '–'}
        {event.productName && (
          <Typography variant="caption" component="div" color="text.secondary">
            {event.productName}
          </Typography>
        )}
      </TableCell>
      <TableCell>
        {voided ? translate('adverseEvents.show.voided') : words.word('eventOutcome', event.outcome)}
        {event.resolvedAt && (
          <Typography variant="caption" component="div" color="text.secondary">
            {format.date(dateInZone(event.resolvedAt, zone), 'month')}
          </Typography>
        )}
      </TableCell>
    </TableRow>
  );
}

export default AdverseEventList;
