import { HealthAndSafetyOutlined } from '@mui/icons-material';
import { Box, Button, Stack, TableCell, TableRow, Typography } from '@mui/material';
import { dateInZone, SITE_IDS } from '@vastus/clinical';
import { type AdverseEvent, CAUSALITIES, EVENT_LEVELS, OUTCOMES, ROUTES } from '@vastus/contract';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useAnswer, useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { PatientFilter } from '../injections/PatientFilter.js';
import { useSession } from '../session/useSession.js';
import { FilterDate, FilterSelect } from '../ui/FilterSelect.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ON_TABLET, ROOMY, RowsCard } from '../ui/RowsCard.js';
import { StatusTag } from '../ui/StatusTag.js';
import { LEVEL_TONE } from './TriagePanel.js';
import { COMPLETE, SERIOUS, type useEventFilter } from './useEventFilter.js';

/** Case by case, latest report first. */
export function EventRows({ filter, set, any, query }: ReturnType<typeof useEventFilter>) {
  const translate = useTranslate();
  const words = useWords();
  const products = useAnswer(ROUTES.listProducts, {});
  const lots = useAnswer(ROUTES.listLots, { query: { limit: 200 } });
  const list = useRows(ROUTES.listAdverseEvents, { query });
  const t = (key: string) => translate(`adverseEvents.list.${key}`);
  return (
    <RowsCard
      list={list}
      label={t('title')}
      columns={[
        t('patient'),
        `${t('onset')} · ${t('site')}`,
        `${t('level')} · ${t('severity')}`,
        { roomy: `${t('causality')} · ${t('serious')}` },
        { roomy: t('lot') },
        { roomy: t('outcome') },
        t('complete'),
      ]}
      empty={{ text: t(any ? 'noneFound' : 'none'), icon: <HealthAndSafetyOutlined /> }}
      filters={
        <>
          <PatientFilter patientId={filter.patient} onChange={(patient) => set({ patient })} />
          <FilterSelect
            label={t('level')}
            value={filter.level}
            onChange={(level) => set({ level })}
            options={EVENT_LEVELS.map((level) => ({ value: level, label: words.word('level', level) }))}
          />
          <FilterSelect
            label={t('outcome')}
            value={filter.outcome}
            onChange={(outcome) => set({ outcome })}
            options={OUTCOMES.map((outcome) => ({ value: outcome, label: words.word('eventOutcome', outcome) }))}
            minWidth={150}
          />
          <FilterSelect
            label={t('causality')}
            value={filter.causality}
            onChange={(causality) => set({ causality })}
            options={[
              { value: 'none', label: t('notAssessed') },
              ...CAUSALITIES.map((causality) => ({ value: causality, label: words.word('causality', causality) })),
            ]}
            minWidth={150}
          />
          <FilterSelect
            label={t('serious')}
            value={filter.serious}
            onChange={(serious) => set({ serious })}
            options={SERIOUS.map((answer) => ({ value: answer, label: t(`seriousIs.${answer}`) }))}
            minWidth={170}
          />
          <FilterSelect
            label={t('site')}
            value={filter.site}
            onChange={(site) => set({ site })}
            options={SITE_IDS.map((site) => ({ value: site, label: words.word('site', site) }))}
          />
          <FilterSelect
            label={t('product')}
            value={filter.product}
            onChange={(product) => set({ product })}
            options={(products.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
          <FilterSelect
            label={t('lot')}
            value={filter.lot}
            onChange={(lot) => set({ lot })}
            options={(lots.data?.items ?? []).map(({ id, lotNumber }) => ({ value: id, label: lotNumber }))}
            minWidth={140}
          />
          <FilterSelect
            label={t('complete')}
            value={filter.complete}
            onChange={(complete) => set({ complete })}
            options={COMPLETE.map((answer) => ({ value: answer, label: t(`completeIs.${answer}`) }))}
            minWidth={150}
          />
          <FilterDate label={t('from')} value={filter.from} onChange={(from) => set({ from })} />
          <FilterDate label={t('to')} value={filter.to} onChange={(to) => set({ to })} />
        </>
      }
    >
      {list.rows.map((event) => (
        <Row key={event.id} event={event} />
      ))}
    </RowsCard>
  );
}

function Row({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const { zone } = useSession();
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.list.${key}`, options);
  const voided = event.state !== 'effective';
  const judged = (
    <>
      {event.causality ? words.word('causality', event.causality) : <Quiet>{t('notAssessed')}</Quiet>}
      {event.serious === true && (
        <div>
          <StatusTag tone="danger">{t('seriousIs.yes')}</StatusTag>
        </div>
      )}
      {event.serious === null && <Quiet>{t('seriousIs.unknown')}</Quiet>}
    </>
  );
  const ended = (
    <>
      {voided ? translate('adverseEvents.show.voided') : words.word('eventOutcome', event.outcome)}
      {event.resolvedAt && <Quiet>{format.date(dateInZone(event.resolvedAt, zone), 'month')}</Quiet>}
    </>
  );
  const against = event.againstStop && <StatusTag tone="warning">{t('againstStop')}</StatusTag>;
  return (
    <TableRow hover sx={voided ? { '& td': { textDecoration: 'line-through', color: 'text.secondary' } } : undefined}>
      <TableCell>
        <PatientLine patient={event.patient} />
        <Button
          size="small"
          component={Link}
          to={`/adverse-events/${event.id}/show`}
          sx={{ px: 0.5, ml: -0.5, minWidth: 0 }}
          aria-label={`${t('open')}: ${nameOf(event.patient)}, ${format.instant(event.onsetAt)}`}
        >
          {t('open')}
        </Button>
      </TableCell>
      <TableCell className="tabular" sx={{ whiteSpace: 'nowrap' }}>
        {format.instant(event.onsetAt)}
        <Quiet>{event.site ? words.word('site', event.site) : '–'}</Quiet>
        <Box sx={ON_TABLET}>
          {event.lotNumber && <Quiet>{event.lotNumber}</Quiet>}
          {against}
        </Box>
      </TableCell>
      <TableCell>
        <StatusTag tone={LEVEL_TONE[event.triage.level]}>{words.word('level', event.triage.level)}</StatusTag>
        <Quiet>
          {[
            words.word('severityLevel', event.triage.severity),
            event.ctcaeTerm && words.word('ctcae', event.ctcaeTerm),
            event.ctcaeGrade && t('grade', { grade: event.ctcaeGrade }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Quiet>
        <Box sx={ON_TABLET}>
          {ended}
          <div>{judged}</div>
        </Box>
      </TableCell>
      <TableCell sx={ROOMY}>{judged}</TableCell>
      <TableCell sx={ROOMY}>
        {event.lotNumber ?? '–'}
        {event.productName && <Quiet>{event.productName}</Quiet>}
        {against}
      </TableCell>
      <TableCell sx={ROOMY}>{ended}</TableCell>
      <TableCell className="tabular">
        <Stack direction="row" sx={{ gap: 0.75, alignItems: 'center' }}>
          <StatusTag tone={event.completeness.wellDocumented ? 'success' : 'warning'}>{format.percent(event.completeness.score)}</StatusTag>
        </Stack>
      </TableCell>
    </TableRow>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return (
    <Typography variant="caption" component="div" color="text.secondary">
      {children}
    </Typography>
  );
}
