import { Alert, Box, Button, Checkbox, FormControlLabel, Stack, TextField, Typography } from '@mui/material';
import { checkCloseAsBenign, deficitOf, examinationPlan } from '@vastus/clinical';
import { type AdverseEvent, ROUTES } from '@vastus/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { useWords } from '../i18n/useWords.js';
import { useServerNow } from '../injections/clinicTime.js';
import { InstantField } from '../injections/DetailFields.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Segmented } from '../ui/Segmented.js';
import { ExaminationComparison, previousOf } from './ExaminationComparison.js';
import { type ExaminationDraft, NOTHING_EXAMINED } from './examinationDraft.js';
import { SensationFields } from './SensationFields.js';
import { StrengthFields } from './StrengthFields.js';

const COURSES = ['improving', 'stable', 'worsening', 'resolved'] as const;

interface Props {
  event: AdverseEvent;
  /** Opened by who came to examine: which coming it was, so that a second one opens it again. */
  asked?: string | null;
}

/** A follow-up examination. "Resolved" ends the clock; "worsening" makes it urgent again. */
export function ExaminationForm({ event, asked = null }: Props) {
  const translate = useTranslate();
  const issues = useIssues();
  const words = useWords();
  const { zone } = useSession();
  const notice = useChangesNotice();
  const serverNow = useServerNow();
  const record = useSend(ROUTES.examineAdverseEvent);
  const [open, setOpen] = useState(asked !== null);
  const [draft, setDraft] = useState(NOTHING_EXAMINED);
  const form = useRef<HTMLElement>(null);
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.exam.${key}`, options);
  const set = (part: Partial<ExaminationDraft>) => setDraft((before) => ({ ...before, ...part }));
  const plan = examinationPlan(event.site);
  const previous = previousOf(event);
  const graded = deficitOf(draft.strength, event.site);
  const motorDeficit = graded ?? draft.motorDeficit;
  // AE-NODISMISS: the same rule as the server's, before anything is sent.
  const strengthOwed =
    draft.course === 'resolved' &&
    motorDeficit !== false &&
    checkCloseAsBenign(
      event,
      event.examinations.filter(({ state }) => state === 'effective'),
    ).length > 0;

  useEffect(() => {
    if (asked !== null) setOpen(true);
  }, [asked]);
  // Asked for again while it is open, it is brought back into view.
  useEffect(() => {
    if (open && asked !== null) form.current?.scrollIntoView({ block: 'start' });
  }, [open, asked]);

  if (!open) {
    return (
      <Button variant="outlined" sx={{ mt: 2 }} onClick={() => setOpen(true)}>
        {t('add')}
      </Button>
    );
  }
  const send = () => {
    if (!draft.course) return;
    record.mutate(
      {
        params: { eventId: event.id },
        body: {
          course: draft.course,
          motorDeficit,
          pain: draft.pain,
          electrodiagnosticStudy: draft.electrodiagnosticStudy,
          strength: [...draft.strength],
          sensation: [...draft.sensation],
          sensory: draft.sensory.trim() || null,
          note: draft.note.trim() || null,
          examinedAt: draft.examinedAt ?? serverNow(),
        },
      },
      {
        onSuccess: ({ changes }) => {
          setDraft(NOTHING_EXAMINED);
          setOpen(false);
          notice(t('saved'), changes);
        },
      },
    );
  };
  return (
    <Box component="section" ref={form} aria-label={t('add')} sx={{ mt: 2.5, pt: 2, borderTop: 1, borderColor: 'divider' }}>
      <Stack sx={{ gap: 2.5 }}>
        {plan.nerves.length > 0 && (
          <Typography variant="body2">
            {translate('examination.suspected')} <strong>{plan.nerves.map((nerve) => words.word('nerve', nerve)).join(', ')}</strong>
          </Typography>
        )}
        <Segmented
          large
          label={t('course')}
          value={draft.course}
          onChange={(course) => set({ course })}
          options={COURSES.map((code) => ({
            value: code,
            label: words.word('eventCourse', code),
            tint: code === 'worsening' ? 'danger' : code === 'stable' ? 'warning' : 'success',
          }))}
        />
        <StrengthFields plan={plan} value={draft.strength} previous={previous?.strength ?? []} onChange={(strength) => set({ strength })} />
        <Segmented
          label={t('motorDeficit')}
          help={graded ? translate('examination.graded') : undefined}
          value={motorDeficit}
          onChange={(answer) => !graded && set({ motorDeficit: answer })}
          options={[
            { value: null, label: translate('adverseEvents.assess.notKnown'), tint: 'neutral' },
            { value: false, label: translate('app.no') },
            { value: true, label: translate('app.yes'), tint: 'danger' },
          ]}
        />
        <SensationFields
          plan={plan}
          value={draft.sensation}
          previous={previous?.sensation ?? []}
          onChange={(sensation) => set({ sensation })}
        />
        <TextField
          label={t('sensory')}
          value={draft.sensory}
          onChange={({ target }) => set({ sensory: target.value })}
          slotProps={{ htmlInput: { maxLength: 1000 } }}
        />
        <Segmented
          label={t('pain')}
          clearable
          even
          value={draft.pain}
          onChange={(pain) => set({ pain })}
          options={Array.from({ length: 11 }, (_, value) => ({ value, label: String(value) }))}
        />
        <Box>
          <FormControlLabel
            control={
              <Checkbox checked={draft.electrodiagnosticStudy} onChange={({ target }) => set({ electrodiagnosticStudy: target.checked })} />
            }
            label={t('study')}
          />
          {draft.electrodiagnosticStudy && (
            <Typography variant="caption" component="div" color="text.secondary">
              {t('studyHelp')}
            </Typography>
          )}
        </Box>
        <InstantField
          label={t('examinedAt')}
          value={draft.examinedAt ?? serverNow()}
          onChange={(examinedAt) => set({ examinedAt })}
          zone={zone}
          max={serverNow()}
          error={issues.byField(record.error)['examinedAt']}
        />
        <TextField
          label={t('note')}
          multiline
          value={draft.note}
          onChange={({ target }) => set({ note: target.value })}
          slotProps={{ htmlInput: { maxLength: 2000 } }}
        />
        <ExaminationComparison
          event={event}
          previous={previous}
          now={{ ...draft, motorDeficit, strength: [...draft.strength], sensation: [...draft.sensation] }}
        />
        {draft.course === 'resolved' && !strengthOwed && <Alert severity="info">{t('resolvedMeans')}</Alert>}
        {strengthOwed && (
          <Alert severity="warning" role="alert">
            {translate('examination.strengthOwed')}
          </Alert>
        )}
        {draft.course === 'worsening' && <Alert severity="warning">{t('worseningMeans')}</Alert>}
        <ProblemAlert error={record.error} shownFields={['examinedAt']} />
        <Stack direction="row" sx={{ gap: 1 }}>
          <Button variant="contained" onClick={send} disabled={!draft.course || strengthOwed || record.isPending}>
            {t('save')}
          </Button>
          <Button onClick={() => setOpen(false)} disabled={record.isPending}>
            {translate('app.action.cancel')}
          </Button>
        </Stack>
      </Stack>
    </Box>
  );
}
