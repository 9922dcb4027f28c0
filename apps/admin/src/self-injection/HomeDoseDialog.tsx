import { Box, MenuItem, TextField } from '@mui/material';
import { checkInjection, type Route, SITE_IDS, type SiteId } from '@vastus/clinical';
import { type Course, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer, useSend } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { useServerNow } from '../injections/clinicTime.js';
import { InstantField } from '../injections/DetailFields.js';
import { numberOf } from '../injections/draft.js';
import type { KnownFacts } from '../injections/useRules.js';
import { typedNumber } from '../numbers.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { FormDialog } from '../ui/FormDialog.js';
import { Segmented } from '../ui/Segmented.js';
import { isReason, isStopped, StopAndReason } from '../ui/StopAndReason.js';

const STEPS = Array.from({ length: 11 }, (_, value) => ({ value, label: String(value) }));

interface HomeDoseDialogProps {
  patientId: string;
  course: Course;
  known: KnownFacts;
  onClose: () => void;
}

/** A dose the patient reports from home. It is in the patient: a stop does not keep it out of the record (REC-TRUTH). */
export function HomeDoseDialog({ patientId, course, known, onClose }: HomeDoseDialogProps) {
  const translate = useTranslate();
  const { word } = useWords();
  const { zone } = useSession();
  const notice = useChangesNotice();
  const serverNow = useServerNow();
  const send = useSend(ROUTES.recordInjection);
  const products = useAnswer(ROUTES.listProducts, {}, { staleTime: 5 * 60_000 });
  const product = products.data?.items.find(({ id }) => id === course.productId) ?? null;
  const [givenAt, setGivenAt] = useState(serverNow);
  const [typed, setTyped] = useState(typedNumber(course.doseMicrograms));
  const [chosenRoute, setRoute] = useState<Route | null>(null);
  const [site, setSite] = useState<SiteId | ''>('');
  const [pain, setPain] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');

  const doseMicrograms = numberOf(typed);
  const routes = product?.routes ?? ['IM'];
  const route = chosenRoute ?? routes[0] ?? 'IM';
  const volumeMl = product && doseMicrograms !== null ? Math.round((doseMicrograms / product.strengthMicrogramsPerMl) * 1000) / 1000 : null;
  const complete = product !== null && doseMicrograms !== null && (route === 'SC' || site !== '');
  // A suspended approval or a hold says so before the site is chosen; that it is still to be chosen the form says itself.
  const found = product
    ? checkInjection(
        {
          courseId: course.id,
          productId: product.id,
          substance: product.substance,
          route,
          site: route === 'IM' ? site || null : null,
          doseMicrograms: doseMicrograms ?? course.doseMicrograms,
          volumeMl,
          givenAt,
          lot: null,
          skinFindings: [],
          baselineRecorded: pain !== null,
          productRoutes: product.routes,
          selfReported: true,
        },
        known.facts,
        known.protocol,
        serverNow(),
      )
    : [];
  const findings = found.filter(({ code }) => code !== 'site-missing');
  const stopped = isStopped(findings, send.error);
  const t = (key: string) => translate(`selfInjection.doses.${key}`);
  const submit = () => {
    if (!complete) return;
    send.mutate(
      {
        params: { patientId },
        body: {
          courseId: course.id,
          productId: product.id,
          doseMicrograms,
          volumeMl,
          route,
          site: route === 'IM' ? site || null : null,
          givenAt,
          selfReported: true,
          baseline: pain === null ? null : { pain, sensory: null, limbs: [], motor: null },
          note,
          alreadyGiven: stopped ? { reason } : null,
        },
      },
      {
        onSuccess: ({ changes }) => {
          notice(t('done'), changes);
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t('recordTitle')}
      explain={t('recordText')}
      submit={t('submit')}
      ready={complete && (!stopped || isReason(reason))}
      busy={send.isPending}
      error={send.error ?? products.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, alignItems: 'start' }}>
        <InstantField label={t('givenAt')} value={givenAt} onChange={setGivenAt} zone={zone} max={serverNow()} />
        <TextField
          required
          label={t('dose')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          error={doseMicrograms === null}
          helperText={doseMicrograms === null ? translate('injections.errors.number') : undefined}
          slotProps={{ htmlInput: { inputMode: 'decimal' } }}
        />
        {routes.length > 1 && (
          <Segmented<Route>
            label={t('route')}
            options={routes.map((value) => ({ value, label: translate(`injections.form.routes.${value}`) }))}
            value={route}
            onChange={setRoute}
          />
        )}
        {route === 'IM' && (
          <TextField select required label={t('site')} value={site} onChange={({ target }) => setSite(target.value as SiteId)}>
            {SITE_IDS.map((option) => (
              <MenuItem key={option} value={option}>
                {word('site', option)}
              </MenuItem>
            ))}
          </TextField>
        )}
      </Box>
      <Segmented<number> label={t('pain')} options={STEPS} value={pain} clearable onChange={setPain} />
      <StopAndReason
        findings={findings}
        error={send.error}
        label={t('against')}
        help={t('againstHelp')}
        reason={reason}
        onReason={setReason}
      />
      <TextField
        label={t('note')}
        value={note}
        onChange={({ target }) => setNote(target.value)}
        multiline
        slotProps={{ htmlInput: { maxLength: 2000 } }}
      />
    </FormDialog>
  );
}
