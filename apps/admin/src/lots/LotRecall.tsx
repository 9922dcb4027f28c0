import { GroupsOutlined, PhoneOutlined } from '@mui/icons-material';
import { Alert, Box, Button, LinearProgress, Link as MuiLink, Skeleton, TableCell, TableRow, Typography } from '@mui/material';
import { type LotRecipient, RECALL_OUTCOMES, type LotRecall as Recall, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { useAnswer, useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { DownloadButton } from '../ui/DownloadButton.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { Page } from '../ui/Page.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { ON_TABLET, ROOMY, RowsCard } from '../ui/RowsCard.js';
import { StatRow, StatTile } from '../ui/StatTile.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { ContactDialog } from './ContactDialog.js';

type Outcome = (typeof RECALL_OUTCOMES)[number];
export const OUTCOME_TONE: Readonly<Record<Outcome, Tone>> = {
  advised: 'success',
  reached: 'info',
  'not-reached': 'warning',
  refused: 'neutral',
};
const FILTERS = ['open', 'untried', ...RECALL_OUTCOMES] as const;

/** Everyone who received a lot, and who of them has been told. */
export function LotRecall() {
  const translate = useTranslate();
  const { id = '' } = useParams();
  const recall = useAnswer(ROUTES.readLotRecall, { params: { lotId: id } });
  if (recall.data) return <RecallPage recall={recall.data} />;
  return (
    <Page title={translate('lots.recall.title')}>
      {recall.error ? (
        <ProblemAlert error={recall.error} onRetry={() => void recall.refetch()} />
      ) : (
        <Skeleton variant="rounded" height={420} />
      )}
    </Page>
  );
}

function RecallPage({ recall }: { recall: Recall }) {
  const translate = useTranslate();
  const format = useFormat();
  const words = useWords();
  const { may } = useSession();
  const { filter, set, any } = useUrlFilter('contact');
  const contact = FILTERS.find((known) => known === filter.contact);
  const { lot } = recall;
  const params = { lotId: lot.id };
  const list = useRows(ROUTES.listLotRecipients, { params, query: { contact } });
  const [calling, setCalling] = useState<LotRecipient | null>(null);
  const t = (key: string, options?: Record<string, unknown>) => translate(`lots.recall.${key}`, options);
  const done = recall.advised + recall.refused + recall.deceased;
  return (
    <Page
      title={t('titleOf', { number: lot.lotNumber })}
      subtitle={`${lot.productName} · ${t('expires', { date: format.date(lot.expiresOn) })}`}
      actions={
        <>
          <Button component={Link} to="/lots?show=all">
            {t('allLots')}
          </Button>
          {may('recall.export') && (
            <DownloadButton route={ROUTES.exportLotRecipients} sent={{ params, query: { contact } }} label={t('export')} />
          )}
        </>
      }
    >
      <Alert severity={lot.status === 'recalled' ? 'error' : 'info'} sx={{ mb: 2.5 }}>
        {words.word('lotStatus', lot.status)}
        {lot.statusChangedAt && ` · ${t('since', { at: format.instant(lot.statusChangedAt), by: lot.statusChangedByName ?? '–' })}`}
        {lot.statusReason && ` · ${lot.statusReason}`}
        {lot.status !== 'recalled' && ` · ${t('notRecalled')}`}
      </Alert>
      <StatRow>
        <StatTile label={t('recipients')} value={recall.recipients} />
        <StatTile label={t('open')} value={recall.recipients - done} tone={recall.recipients > done ? 'warning' : 'neutral'} />
        <StatTile label={t('outcome.advised')} value={recall.advised} tone={recall.advised ? 'success' : 'neutral'} />
        <StatTile label={t('outcome.reached')} value={recall.reached} />
        <StatTile label={t('outcome.not-reached')} value={recall.notReached} tone={recall.notReached ? 'warning' : 'neutral'} />
        <StatTile
          label={t('outcome.refused')}
          value={recall.refused}
          note={recall.deceased > 0 ? t('deceased', { smart_count: recall.deceased }) : undefined}
        />
      </StatRow>
      {recall.recipients > 0 && (
        <Box sx={{ mb: 2.5 }}>
          <LinearProgress
            variant="determinate"
            value={(done / recall.recipients) * 100}
            aria-label={t('progress', { done, all: recall.recipients })}
            sx={{ height: 8, borderRadius: 4, mb: 0.5 }}
          />
          <Typography variant="caption" color="text.secondary">
            {t('progress', { done, all: recall.recipients })}
          </Typography>
        </Box>
      )}
      <RowsCard
        list={list}
        label={t('recipients')}
        columns={[t('patient'), { roomy: t('phone') }, t('doses'), t('contact')]}
        empty={{ text: t(any ? 'noneFound' : 'none'), icon: <GroupsOutlined /> }}
        filters={
          <FilterSelect
            label={t('contact')}
            value={contact}
            onChange={(next) => set({ contact: next })}
            options={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
            minWidth={230}
          />
        }
      >
        {list.rows.map((row) => (
          <Recipient key={row.patient.id} row={row} onCall={may('recall.contact') ? () => setCalling(row) : null} />
        ))}
      </RowsCard>
      {calling && <ContactDialog lotId={lot.id} recipient={calling} onClose={() => setCalling(null)} />}
    </Page>
  );
}

function Recipient({ row, onCall }: { row: LotRecipient; onCall: (() => void) | null }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`lots.recall.${key}`, options);
  const { patient, phone, interpreterLanguage, deceasedOn, doses, reactions, contacts } = row;
  const [latest] = contacts;
  const reached = (
    <>
      {phone ? (
        <MuiLink href={`tel:${phone.replace(/[^\d+]/g, '')}`} sx={{ display: 'inline-block', minHeight: 24, whiteSpace: 'nowrap' }}>
          {phone}
        </MuiLink>
      ) : (
        t('noPhone')
      )}
      {interpreterLanguage && (
        <Typography variant="caption" component="div" color="text.secondary">
          {t('speaks', { language: interpreterLanguage })}
        </Typography>
      )}
    </>
  );
  return (
    <TableRow>
      <TableCell>
        <PatientLine patient={patient} />
        {deceasedOn && <StatusTag tone="neutral">{t('died', { date: format.date(deceasedOn) })}</StatusTag>}
        <Box className="tabular" sx={ON_TABLET}>
          {reached}
        </Box>
      </TableCell>
      <TableCell className="tabular" sx={ROOMY}>
        {reached}
      </TableCell>
      <TableCell>
        <Doses doses={doses} />
        {reactions > 0 && <StatusTag tone="danger">{t('reactions', { smart_count: reactions })}</StatusTag>}
      </TableCell>
      <TableCell>
        {latest ? (
          <>
            <StatusTag tone={OUTCOME_TONE[latest.outcome]}>{t(`outcome.${latest.outcome}`)}</StatusTag>
            <Typography variant="caption" component="div" color="text.secondary">
              {t('by', { by: latest.recordedByName, at: format.instant(latest.contactedAt) })}
              {contacts.length > 1 && ` · ${t('attempts', { smart_count: contacts.length })}`}
            </Typography>
            {latest.note && <Typography variant="body2">{latest.note}</Typography>}
          </>
        ) : (
          <Typography variant="body2" color="text.secondary">
            {t('filter.untried')}
          </Typography>
        )}
        {onCall && (
          <Button
            size="small"
            sx={{ ml: -0.5 }}
            startIcon={<PhoneOutlined />}
            onClick={onCall}
            aria-label={`${t('record')}: ${nameOf(patient)}`}
          >
            {t('record')}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}

/** So many are read at a glance; somebody in loading has a dozen of one lot. */
const DOSES_SHOWN = 3;

/** Each dose on its line; many of them as their number and span, the lines folded below. */
function Doses({ doses }: Pick<LotRecipient, 'doses'>) {
  const translate = useTranslate();
  const format = useFormat();
  const words = useWords();
  const lines = doses.map(({ givenOn, site }) => (
    <Typography key={givenOn + site} variant="body2" className="tabular" sx={{ whiteSpace: 'nowrap' }}>
      {[format.date(givenOn), site && words.word('site', site)].filter(Boolean).join(' · ')}
    </Typography>
  ));
  if (doses.length <= DOSES_SHOWN) return lines;
  const days = doses.map(({ givenOn }) => givenOn).sort();
  return (
    <Box component="details" sx={{ '& summary': { cursor: 'pointer', minHeight: 24, fontSize: '0.875rem' } }}>
      <summary className="tabular">
        {translate('lots.recall.manyDoses', { count: doses.length, from: format.date(days[0]!), to: format.date(days.at(-1)!) })}
      </summary>
      {lines}
    </Box>
  );
}

export default LotRecall;
