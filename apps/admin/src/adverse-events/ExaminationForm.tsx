import { Alert, Box, Button, Checkbox, FormControlLabel, Stack, TextField, Typography } from '@mui/material';
import type { Instant } from '@vastus/clinical';
import { type AdverseEvent, type Examination, ROUTES } from '@vastus/contract';
import { useState } from 'react';
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

/** AE-EXAM: the movements that tell whether the nerve works. A purely sensory nerve moves nothing. */
const MUSCLES: Readonly<Record<string, readonly string[]>> = {
  sciatic: ['foot-dorsiflexion', 'foot-plantarflexion'],
  radial: ['wrist-extension', 'finger-extension'],
  axillary: ['shoulder-abduction'],
  femoral: ['knee-extension'],
};

interface Draft {
  course: Examination['course'] | null;
  motorDeficit: boolean | null;
  mrc: Record<string, number>;
  pain: number | null;
  electrodiagnosticStudy: boolean;
  sensory: string;
  note: string;
  /** `null` is now. */
  examinedAt: Instant | null;
}

const EMPTY: Draft = {
  course: null,
  motorDeficit: null,
  mrc: {},
  pain: null,
  electrodiagnosticStudy: false,
  sensory: '',
  note: '',
  examinedAt: null,
};
const COURSES = ['improving', 'stable', 'worsening', 'resolved'] as const;

/** A follow-up examination. "Resolved" ends the clock; "worsening" makes it urgent again. */
export function ExaminationForm({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const issues = useIssues();
  const words = useWords();
  const { zone } = useSession();
  const notice = useChangesNotice();
  const serverNow = useServerNow();
  const record = useSend(ROUTES.examineAdverseEvent);
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(EMPTY);
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.exam.${key}`, options);
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const muscles = event.triage.suspectedNerves.flatMap((nerve) => MUSCLES[nerve] ?? []);

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
          motorDeficit: draft.motorDeficit,
          pain: draft.pain,
          electrodiagnosticStudy: draft.electrodiagnosticStudy,
          mrc: Object.keys(draft.mrc).length > 0 ? draft.mrc : null,
          sensory: draft.sensory.trim() || null,
          note: draft.note.trim() || null,
          examinedAt: draft.examinedAt ?? serverNow(),
        },
      },
      {
        onSuccess: ({ changes }) => {
          setDraft(EMPTY);
          setOpen(false);
          notice(t('saved'), changes);
        },
      },
    );
  };
  return (
    <Box component="section" aria-label={t('add')} sx={{ mt: 2.5, pt: 2, borderTop: 1, borderColor: 'divider' }}>
      <Stack sx={{ gap: 2 }}>
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
        <Segmented
          label={t('motorDeficit')}
          value={draft.motorDeficit}
          onChange={(motorDeficit) => set({ motorDeficit })}
          options={[
            { value: null, label: translate('adverseEvents.assess.notKnown'), tint: 'neutral' },
            { value: false, label: translate('app.no') },
            { value: true, label: translate('app.yes'), tint: 'danger' },
          ]}
        />
        {muscles.length > 0 && (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
            {muscles.map((muscle) => (
              <Segmented
                key={muscle}
                clearable
                label={t('mrc', { muscle: translate(`adverseEvents.muscle.${muscle}`) })}
                value={draft.mrc[muscle] ?? null}
                onChange={(grade) => {
                  const { [muscle]: _, ...others } = draft.mrc;
                  set({ mrc: grade === null ? others : { ...others, [muscle]: grade } });
                }}
                options={[0, 1, 2, 3, 4, 5].map((grade) => ({
                  value: grade,
                  label: String(grade),
                  tint: grade < 5 ? 'warning' : undefined,
                }))}
              />
            ))}
          </Box>
        )}
        <Segmented
          label={t('pain')}
          clearable
          even
          value={draft.pain}
          onChange={(pain) => set({ pain })}
          options={Array.from({ length: 11 }, (_, value) => ({ value, label: String(value) }))}
        />
        <TextField
          label={t('sensory')}
          value={draft.sensory}
          onChange={({ target }) => set({ sensory: target.value })}
          slotProps={{ htmlInput: { maxLength: 1000 } }}
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
        {draft.course === 'resolved' && <Alert severity="info">{t('resolvedMeans')}</Alert>}
        {draft.course === 'worsening' && <Alert severity="warning">{t('worseningMeans')}</Alert>}
        <ProblemAlert error={record.error} shownFields={['examinedAt']} />
        <Stack direction="row" sx={{ gap: 1 }}>
          <Button variant="contained" onClick={send} disabled={!draft.course || record.isPending}>
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
