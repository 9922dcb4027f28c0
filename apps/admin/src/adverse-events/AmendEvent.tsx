import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField } from '@mui/material';
import { compareInstants, triage as triageOf } from '@vastus/clinical';
import { type AdverseEvent, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useIssues } from '../api/useIssues.js';
import { useVersionRead } from '../api/useVersionRead.js';
import { useWords } from '../i18n/useWords.js';
import { useServerNow } from '../injections/clinicTime.js';
import { InstantField } from '../injections/DetailFields.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { PatientLine } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { StatusTag } from '../ui/StatusTag.js';
import { AssessmentFields } from './AssessmentFields.js';
import { AssessmentOutcome, type JudgementDraft } from './JudgementFields.js';
import { LEVEL_TONE } from './TriagePanel.js';

/** What is known now: the whole case, with the reason. A nurse tells more of the story; a physician also judges it. */
export function AmendEvent({ event, onClose }: { event: AdverseEvent; onClose: () => void }) {
  const translate = useTranslate();
  const words = useWords();
  const notice = useChangesNotice();
  const { may, zone } = useSession();
  const serverNow = useServerNow();
  const [now] = useState(serverNow);
  const [onsetAt, setOnsetAt] = useState(event.onsetAt);
  const [narrative, setNarrative] = useState(event.narrative ?? '');
  const [assessment, setAssessment] = useState(event.assessment);
  const [judgement, setJudgement] = useState<JudgementDraft>(event);
  const [reason, setReason] = useState('');
  const amend = useSend(ROUTES.amendAdverseEvent);
  const read = useVersionRead(event.version);
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.amend.${key}`, options);
  const { byField } = useIssues();
  const issue = (field: string) => byField(amend.error)[field];
  const triage = triageOf(assessment, event.site);
  const { ctcaeTerm, ctcaeGrade, serious, seriousnessCriteria, causality, concludedOutcome } = judgement;
  const ready = reason.trim().length >= 10 && compareInstants(onsetAt, now) <= 0;
  const save = () =>
    amend.mutate(
      {
        params: { eventId: event.id },
        ifMatch: read,
        body: {
          ...{ injectionId: event.injectionId, site: event.injectionId ? null : event.site, onsetAt, reportedAt: event.reportedAt },
          ...{ narrative: narrative.trim() || null, assessment, amendReason: reason },
          ...{ ctcaeTerm, ctcaeGrade, serious, seriousnessCriteria, causality, concludedOutcome },
        },
      },
      {
        onSuccess: ({ changes }) => {
          notice(t('done'), changes);
          onClose();
        },
      },
    );
  return (
    <Dialog open onClose={(_, why) => why === 'escapeKeyDown' && onClose()} fullWidth maxWidth="lg" aria-labelledby="amend-event-title">
      <DialogTitle id="amend-event-title">{t('title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2.5 }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 2, flexWrap: 'wrap' }}>
            <PatientLine patient={event.patient} linked={false} />
            <StatusTag tone={LEVEL_TONE[triage.level]}>{words.word('level', triage.level)}</StatusTag>
          </Stack>
          {triage.level !== event.triage.level && <Alert severity="warning">{t(triage.holdIm ? 'becomesHold' : 'noLongerHold')}</Alert>}
          <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1.2fr) minmax(0, 1fr)' } }}>
            <AssessmentFields value={assessment} onChange={setAssessment} />
            <Stack sx={{ gap: 2 }}>
              <InstantField
                label={translate('adverseEvents.report.onsetAt')}
                value={onsetAt}
                onChange={setOnsetAt}
                zone={zone}
                max={now}
                error={issue('onsetAt')}
                help={t('onsetHelp')}
              />
              <TextField
                label={translate('adverseEvents.report.narrative')}
                multiline
                minRows={4}
                value={narrative}
                onChange={({ target }) => setNarrative(target.value)}
                slotProps={{ htmlInput: { maxLength: 4000 } }}
              />
              {may('adverse-event.assess') ? (
                <AssessmentOutcome value={judgement} onChange={setJudgement} />
              ) : (
                <Alert severity="info">{t('physicianJudges')}</Alert>
              )}
            </Stack>
          </Box>
          <TextField
            label={t('reason')}
            helperText={translate('app.reason.help')}
            required
            multiline
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
          <ProblemAlert error={amend.error} shownFields={['onsetAt']} />
        </Stack>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onClose} disabled={amend.isPending}>
          {translate('app.action.cancel')}
        </Button>
        <Button variant="contained" onClick={save} disabled={!ready || amend.isPending}>
          {t('save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
