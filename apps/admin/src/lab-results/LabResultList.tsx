import { ScienceOutlined } from '@mui/icons-material';
import { Box, Button, Stack, TableCell, TableRow, TextField, Typography } from '@mui/material';
import { ANALYTES, type Analyte } from '@vastus/clinical';
import { type LabResult, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useRows, useSend } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useServerNow } from '../injections/clinicTime.js';
import { InstantField } from '../injections/DetailFields.js';
import { PatientFilter } from '../injections/PatientFilter.js';
import { readNumber, typedNumber } from '../numbers.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { FormDialog } from '../ui/FormDialog.js';
import { Page } from '../ui/Page.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { RowsCard } from '../ui/RowsCard.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useUrlFilter } from '../ui/useUrlFilter.js';
import { type ResultDraft, ResultFields } from './ResultFields.js';
import { harmonized, written } from './units.js';

/** Every result, as reported and as the rules read it. */
export function LabResultList() {
  const translate = useTranslate();
  const words = useWords();
  const { may } = useSession();
  const { filter, set, any } = useUrlFilter('patient', 'analyte');
  const list = useRows(ROUTES.listLabResults, { query: { patientId: filter.patient, analyte: filter.analyte as Analyte | undefined } });
  const t = (key: string) => translate(`labResults.${key}`);
  return (
    <Page
      title={t('title')}
      actions={
        may('lab-result.record') && (
          <Button
            component={Link}
            to={filter.patient ? `/enter-result?patient=${filter.patient}` : '/enter-result'}
            variant="contained"
            startIcon={<ScienceOutlined />}
          >
            {t('enter')}
          </Button>
        )
      }
    >
      <RowsCard
        list={list}
        label={t('title')}
        columns={[t('collected'), translate('injections.list.patient'), t('result'), t('value'), translate('injections.list.actions')]}
        empty={{ text: t(any ? 'noneFound' : 'none'), icon: <ScienceOutlined /> }}
        filters={
          <>
            <PatientFilter patientId={filter.patient} onChange={(patient) => set({ patient })} />
            <FilterSelect
              label={t('analyte')}
              value={filter.analyte}
              onChange={(analyte) => set({ analyte })}
              options={ANALYTES.map((analyte) => ({ value: analyte, label: words.word('analyte', analyte) }))}
              minWidth={200}
            />
          </>
        }
      >
        {list.rows.map((result) => (
          <Row key={result.id} result={result} />
        ))}
      </RowsCard>
    </Page>
  );
}

function Row({ result }: { result: LabResult }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const t = (key: string) => translate(`labResults.${key}`);
  const struck = result.state === 'effective' ? undefined : { textDecoration: 'line-through', color: 'text.secondary' };
  // Typed in here goes without saying.
  const fromElsewhere = result.source === 'entered' ? null : translate('labResults.imported');
  const outside = result.interpretation === 'low' || result.interpretation === 'high';
  return (
    <TableRow data-state={result.state}>
      <TableCell className="tabular" sx={{ minWidth: 96, ...struck }}>
        {format.instant(result.collectedAt)}
      </TableCell>
      <TableCell>
        <PatientLine patient={result.patient} />
      </TableCell>
      <TableCell>
        <Box sx={struck}>
          <strong>{words.word('analyte', result.analyte)}</strong>
          <Typography variant="caption" component="div" color="text.secondary">
            LOINC {result.loinc}
          </Typography>
        </Box>
        {result.state !== 'effective' && <StatusTag tone="neutral">{translate(`injections.list.states.${result.state}`)}</StatusTag>}
        {result.state === 'effective' && result.status === 'corrected' && (
          <StatusTag tone="info">{translate('injections.list.corrected')}</StatusTag>
        )}
        {(result.voidReason ?? result.note ?? fromElsewhere) && (
          <Typography variant="caption" component="div" color="text.secondary">
            {result.voidReason ?? result.note ?? fromElsewhere}
          </Typography>
        )}
      </TableCell>
      <TableCell className="tabular" sx={{ whiteSpace: 'nowrap', ...struck }}>
        {format.number(result.harmonizedValue, 2)} {written(result.harmonizedUnit)}{' '}
        {outside && result.state === 'effective' && <StatusTag tone="warning">{t(`range.${result.interpretation}`)}</StatusTag>}
        {result.interpretation === 'expected-high' && result.state === 'effective' && (
          <StatusTag tone="neutral">{translate('followUp.expectedHigh')}</StatusTag>
        )}
        {result.unit !== result.harmonizedUnit && (
          <Typography variant="caption" component="div" color="text.secondary" sx={{ whiteSpace: 'normal' }}>
            {translate('labResults.reportedAs', { value: format.number(result.value, 3), unit: written(result.unit) })}
          </Typography>
        )}
      </TableCell>
      <TableCell>
        <ResultActions result={result} />
      </TableCell>
    </TableRow>
  );
}

function ResultActions({ result }: { result: LabResult }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const { may } = useSession();
  const notice = useChangesNotice();
  const withdraw = useSend(ROUTES.voidLabResult);
  const [open, setOpen] = useState<'amend' | 'void' | null>(null);
  if (result.state !== 'effective') return null;
  const t = (key: string, options?: Record<string, unknown>) => translate(`labResults.${key}`, options);
  const about = `${words.word('analyte', result.analyte)}, ${nameOf(result.patient)}, ${format.instant(result.collectedAt)}`;
  return (
    <Stack sx={{ flexDirection: { xs: 'column', lg: 'row' }, alignItems: 'flex-start' }}>
      {may('lab-result.record') && (
        <Button size="small" onClick={() => setOpen('amend')} aria-label={`${translate('injections.actions.amend')}: ${about}`}>
          {translate('injections.actions.amend')}
        </Button>
      )}
      {may('lab-result.void') && (
        <Button size="small" color="error" onClick={() => setOpen('void')} aria-label={`${translate('injections.actions.void')}: ${about}`}>
          {translate('injections.actions.void')}
        </Button>
      )}
      {open === 'amend' && <AmendResult result={result} onClose={() => setOpen(null)} />}
      <ReasonDialog
        open={open === 'void'}
        title={translate('injections.actions.voidTitle')}
        explain={t('voidExplain', { about })}
        confirm={translate('injections.actions.voidConfirm')}
        tone="error"
        suggestions={[t('wrongPatient'), t('typingError')]}
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={() => setOpen(null)}
        onConfirm={(reason) =>
          withdraw.mutate(
            { params: { resultId: result.id }, body: { reason } },
            {
              onSuccess: ({ changes }) => {
                setOpen(null);
                notice(translate('injections.actions.voided'), changes);
              },
            },
          )
        }
      />
    </Stack>
  );
}

/** A corrected result takes back what the old one had closed. */
function AmendResult({ result, onClose }: { result: LabResult; onClose: () => void }) {
  const translate = useTranslate();
  const issues = useIssues();
  const { zone } = useSession();
  const now = useServerNow()();
  const notice = useChangesNotice();
  const amend = useSend(ROUTES.amendLabResult);
  const [draft, setDraft] = useState<ResultDraft>({
    analyte: result.analyte,
    value: typedNumber(result.value),
    unit: result.unit,
    loinc: result.loinc,
  });
  const [collectedAt, setCollectedAt] = useState(result.collectedAt);
  const [reason, setReason] = useState('');
  const value = harmonized(draft.analyte, draft.value, draft.unit, draft.loinc);
  return (
    <FormDialog
      title={translate('labResults.amendTitle')}
      submit={translate('injections.actions.amendConfirm')}
      ready={value !== null && reason.trim().length >= 10}
      busy={amend.isPending}
      error={amend.error}
      onClose={onClose}
      onSubmit={() =>
        amend.mutate(
          {
            params: { resultId: result.id },
            body: {
              loinc: draft.loinc,
              unit: draft.unit,
              value: readNumber(draft.value) ?? Number.NaN,
              collectedAt,
              note: result.note,
              amendReason: reason,
            },
          },
          {
            onSuccess: ({ changes }) => {
              notice(translate('injections.actions.amended'), changes);
              onClose();
            },
          },
        )
      }
    >
      <PatientLine patient={result.patient} linked={false} />
      <ResultFields draft={draft} onChange={setDraft} />
      <InstantField
        label={translate('labResults.collectedAt')}
        value={collectedAt}
        onChange={setCollectedAt}
        zone={zone}
        max={now}
        error={issues.byField(amend.error)['collectedAt']}
      />
      <TextField
        label={translate('injections.actions.amendReason')}
        helperText={translate('app.reason.help')}
        required
        multiline
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
    </FormDialog>
  );
}

export default LabResultList;
