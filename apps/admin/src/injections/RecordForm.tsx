import { Alert, Box, Checkbox, FormControlLabel, FormHelperText, Stack, Typography } from '@mui/material';
import type { Course, Lot, Patient, Product } from '@vastus/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { NotGivenDialog } from '../home/NotGivenDialog.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { Section } from '../ui/Section.js';
import { BaselineFields } from './BaselineFields.js';
import { useServerNow, useTicking } from './clinicTime.js';
import { DetailFields } from './DetailFields.js';
import { type DraftErrors, emptyDraft, type InjectionDraft, missingIn, toCheck, toRecord } from './draft.js';
import { FindingsPanel } from './FindingsPanel.js';
import { ProductFields } from './ProductFields.js';
import { RecordActions } from './RecordActions.js';
import { SitePicker } from './SitePicker.js';
import { useFieldErrors } from './useFieldErrors.js';
import { useLots } from './useLots.js';
import { type Recorded, useRecording } from './useRecording.js';
import { joined, type KnownFacts, useRules } from './useRules.js';
import { useVial } from './useVial.js';
import { VialField } from './VialField.js';

interface RecordFormProps {
  patient: Patient;
  courses: readonly Course[];
  products: readonly Product[];
  known: KnownFacts;
  start: Course | null;
  onNext: () => void;
  onRecorded: (recorded: Recorded) => void;
}

type Dialog = 'override' | 'already-given' | 'not-given' | null;

const SHOWN_FIELDS = [
  'courseId',
  'productId',
  'lotId',
  'doseMicrograms',
  'volumeMl',
  'route',
  'site',
  'aspirated',
  'needleGauge',
  'needleLengthMm',
  'givenAt',
  'note',
  'identityChecked',
];

export function RecordForm({ patient, courses, products, known, start, onNext, onRecorded }: RecordFormProps) {
  const translate = useTranslate();
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.form.${key}`, options);
  const [draft, setDraft] = useState<InjectionDraft>(() => emptyDraft(start, null));
  const [own, setOwn] = useState<DraftErrors>({});
  const [dialog, setDialog] = useState<Dialog>(null);
  const recording = useRecording(patient.id);
  const serverNow = useServerNow();
  const now = useTicking(serverNow);
  const navigate = useNavigate();
  const top = useRef<HTMLDivElement>(null);

  const course = courses.find(({ id }) => id === draft.courseId) ?? null;
  const product = products.find(({ id }) => id === course?.productId) ?? null;
  const { lots: listed, loading, byDefault, usedToday, showAll, setShowAll } = useLots(product?.id ?? null);
  const vial = useVial({
    products,
    courses,
    courseId: draft.courseId,
    onLot: ({ id, doseMicrograms }, scanned) =>
      change({
        lotId: scanned?.id ?? null,
        ...(id === draft.courseId ? {} : { courseId: id, volume: null, dose: String(doseMicrograms) }),
      }),
  });
  const stopped = vial.word !== null && 'stop' in vial.word && vial.word.stop === true;
  // A vial whose lot is not known takes every other lot away, the one of the day and the one scanned before: nobody is to be reassured by
  // a lot that is not the one in their hand.
  const unmatched = stopped || vial.word?.key === 'receive' || vial.word?.key === 'noLot';
  const effective = { ...draft, lotId: unmatched ? null : (draft.lotId ?? byDefault?.id ?? null) };
  // The list holds the usable ones, and not more than a page of them.
  const beside = [vial.lot, byDefault].filter((one) => one?.productId === product?.id && !listed.some(({ id }) => id === one?.id));
  const lots = [...new Map([...(beside as Lot[]), ...listed].map((one) => [one.id, one])).values()];
  const lot = lots.find(({ id }) => id === effective.lotId) ?? null;

  const rules = useRules(effective, { known, product, lot, now });
  const site = draft.route === 'IM' ? (draft.site ?? rules.site) : null;
  const findings = joined(rules.findings, recording.findings);
  const errors = useFieldErrors(own, recording.problem);

  const change = (part: Partial<InjectionDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setOwn((before) =>
      Object.fromEntries(
        Object.entries(before).filter(
          ([field]) => !(field in part) && !(field === 'doseMicrograms' && 'dose' in part) && !(field === 'volumeMl' && 'volume' in part),
        ),
      ),
    );
    recording.forget();
  };
  const byHand = (part: Partial<InjectionDraft>) => {
    if ('lotId' in part) vial.forget();
    change(part);
  };

  async function send(extra: { override?: { reason: string }; alreadyGiven?: { reason: string } } = {}): Promise<void> {
    const at = serverNow();
    const missing = missingIn(effective, site, at);
    // What has happened is recorded even where the form would ask for more (REC-TRUTH).
    const asked = extra.alreadyGiven
      ? Object.fromEntries(Object.entries(missing).filter(([field]) => field === 'courseId' || field === 'doseMicrograms'))
      : missing;
    setOwn(asked);
    if (!product || Object.keys(asked).length > 0) {
      setDialog(null);
      requestAnimationFrame(() => top.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    const chosen = { product, site, now: at };
    const question = Object.keys(extra).length > 0 ? undefined : { question: toCheck(effective, chosen), known: findings as never };
    const recorded = await recording.send({ ...toRecord(effective, chosen), ...extra }, question);
    if (recorded) onRecorded(recorded);
  }

  const dialogProps = { busy: recording.busy, error: dialog ? recording.problem : null, onClose: () => setDialog(null) };
  const record = useRef(send);
  record.current = send;
  const open = dialog === null && !recording.busy && !vial.busy && !stopped;
  useEffect(() => {
    if (!open) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (!event.repeat) void record.current();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [open]);

  return (
    <Box ref={top}>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1.28fr)' },
          gridTemplateRows: { lg: 'auto auto 1fr' },
        }}
      >
        <Section title={t('whoAndWhat')}>
          <Stack sx={{ gap: 2 }}>
            <IdentityCheck
              patient={patient}
              checked={draft.identityChecked}
              error={errors('identityChecked')}
              onChange={(identityChecked) => change({ identityChecked })}
              onOther={onNext}
            />
            <VialField vial={vial} />
            <ProductFields
              draft={effective}
              usedToday={draft.lotId === null && !unmatched ? usedToday : null}
              onChange={byHand}
              courses={courses}
              product={product}
              lots={lots}
              lotsLoading={loading}
              errors={errors}
              showAllLots={showAll}
              onShowAllLots={() => setShowAll(true)}
            />
          </Stack>
        </Section>
        {/* Second in reading order, so that the site comes before the baseline on a tablet; beside everything on a desk. */}
        <Stack sx={{ gap: 2, gridColumn: { lg: 2 }, gridRow: { lg: '1 / span 3' } }}>
          {draft.route === 'IM' && (
            <Section title={t('where')}>
              <SitePicker
                advice={rules.advice}
                site={site}
                advised={draft.site === null}
                onSite={(chosen) => change({ site: chosen })}
                skinFindings={draft.skinFindings}
                onSkinFindings={(skinFindings) => change({ skinFindings })}
                error={errors('site', 'skinFindings')}
              />
            </Section>
          )}
          <Section title={translate('injections.findings.title')}>
            <FindingsPanel findings={findings} />
          </Section>
        </Stack>
        <Section title={translate('injections.baseline.title')} subtitle={translate('injections.baseline.why')}>
          <BaselineFields value={draft.baseline} onChange={(baseline) => change({ baseline })} />
        </Section>
        <Section title={t('details')}>
          <DetailFields draft={draft} onChange={change} now={now} errors={errors} />
        </Section>
      </Box>

      <Box sx={{ position: 'sticky', bottom: 0, zIndex: 2, mt: 2.5, pb: 1.5, bgcolor: 'background.default' }}>
        {recording.news && (
          <Alert severity="warning" role="alert" sx={{ mb: 1 }}>
            {t('news')}
          </Alert>
        )}
        {!dialog && (
          <Box sx={{ mb: 1 }}>
            <ProblemAlert error={recording.problem} shownFields={SHOWN_FIELDS} />
          </Box>
        )}
        {Object.keys(own).length > 0 && (
          <Alert severity="error" role="alert" sx={{ mb: 1 }}>
            {t('incomplete')}
          </Alert>
        )}
        <RecordActions
          findings={findings}
          stopped={stopped}
          busy={recording.busy}
          waiting={vial.busy}
          onRecord={() => void send()}
          onDialog={setDialog}
        />
      </Box>

      <ReasonDialog
        {...dialogProps}
        open={dialog === 'override'}
        title={t('override.title')}
        explain={t('override.explain')}
        confirm={t('override.confirm')}
        tone="warning"
        onConfirm={(reason) => void send({ override: { reason } })}
      >
        <FindingsPanel findings={findings.filter(({ severity }) => severity === 'block')} />
      </ReasonDialog>
      <ReasonDialog
        {...dialogProps}
        open={dialog === 'already-given'}
        title={t('alreadyGiven.title')}
        explain={
          <>
            <Typography>{t('alreadyGiven.explain')}</Typography>
            <Typography sx={{ mt: 1 }}>{t('alreadyGiven.told')}</Typography>
          </>
        }
        confirm={t('alreadyGiven.confirm')}
        tone="warning"
        onConfirm={(reason) => void send({ alreadyGiven: { reason } })}
      />
      {dialog === 'not-given' && course && (
        <NotGivenDialog
          row={{ patient, courseId: course.id, productName: course.productName }}
          onClose={() => setDialog(null)}
          onRecorded={() => navigate('/')}
        />
      )}
    </Box>
  );
}

interface IdentityCheckProps {
  patient: Patient;
  checked: boolean;
  error?: string;
  onChange: (checked: boolean) => void;
  onOther: () => void;
}

/** Two identifiers, read aloud by the patient, before anything else. */
function IdentityCheck({ patient, checked, error, onChange, onOther }: IdentityCheckProps) {
  const translate = useTranslate();
  return (
    <Box sx={({ palette }) => ({ border: `1px solid ${error ? palette.error.main : palette.divider}`, borderRadius: 2, p: 1.5, pb: 0.5 })}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 2, flexWrap: 'wrap' }}>
        <PatientLine patient={patient} />
        <Box
          component="button"
          type="button"
          onClick={onOther}
          sx={{
            border: 0,
            bgcolor: 'transparent',
            color: 'primary.main',
            font: 'inherit',
            fontSize: '0.875rem',
            cursor: 'pointer',
            minHeight: 28,
            alignSelf: 'flex-start',
          }}
        >
          {translate('injections.form.otherPatient')}
        </Box>
      </Stack>
      <FormControlLabel
        control={
          <Checkbox
            autoFocus
            checked={checked}
            onChange={({ target }) => onChange(target.checked)}
            slotProps={{ input: { 'aria-invalid': Boolean(error) } }}
          />
        }
        label={translate('injections.form.identity')}
      />
      {error && <FormHelperText error>{error}</FormHelperText>}
    </Box>
  );
}
