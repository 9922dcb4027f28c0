import {
  Autocomplete,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  Stack,
  TextField,
  Typography,
} from '@mui/material';
import { type AbsenceVerdict, ALERT_RULE_IDS, type AlertRuleId } from '@vastus/clinical';
import { type Chart, ROUTES, type WhyNot } from '@vastus/contract';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useAnswer } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { SegmentedMany } from '../ui/Segmented.js';
import { WhyNotAnswer } from './WhyNotAnswer.js';

const VERDICTS: readonly AbsenceVerdict[] = ['applies', 'not-yet', 'met', 'cancelled-cause', 'not-applicable'];
/** Most rules never concern a patient: they are one click away, not in the way. */
const SHOWN_AT_FIRST: AbsenceVerdict[] = ['applies', 'not-yet', 'met', 'cancelled-cause'];

/** Pick a rule, or look through all of them: is there an alert, and if not, why not. */
export function WhyNotDialog({ chart, onClose }: { chart: Chart; onClose: () => void }) {
  const translate = useTranslate();
  const { word } = useWords();
  const heading = useId();
  const [rule, setRule] = useState<AlertRuleId | null>(null);
  const [verdicts, setVerdicts] = useState<AbsenceVerdict[]>(SHOWN_AT_FIRST);
  const { data, error, isPending, refetch } = useAnswer(
    ROUTES.explainWhyNot,
    { params: { patientId: chart.patient.id }, query: rule ? { rule } : {} },
    { staleTime: 0 },
  );
  const raising = data?.items.filter(({ ruleId }) => ALERT_RULE_IDS.some((id) => id === ruleId)) ?? [];
  const shown = rule ? raising : inOrder(raising.filter(({ verdict }) => verdicts.includes(verdict)));
  const silent = (data?.items.length ?? 0) - raising.length;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={heading}>
      <DialogTitle id={heading}>{translate('whyNot.title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2, pt: 1 }}>
          <Autocomplete
            options={[...ALERT_RULE_IDS]}
            value={rule}
            onChange={(_, chosen) => setRule(chosen)}
            getOptionLabel={(id) => `${word('rule', id)} · ${id}`}
            renderInput={(params) => <TextField {...params} label={translate('whyNot.rule')} placeholder={translate('whyNot.everyRule')} />}
          />
          {!rule && (
            <SegmentedMany
              label={translate('whyNot.verdicts')}
              hideLabel
              value={verdicts}
              onChange={setVerdicts}
              options={VERDICTS.map((value) => ({
                value,
                label: `${translate(`whyNot.verdict.${value}`)} (${raising.filter(({ verdict }) => verdict === value).length})`,
              }))}
            />
          )}
          <Typography variant="caption" color="text.secondary">
            {translate('whyNot.explain')}
          </Typography>
          <ProblemAlert error={error} onRetry={() => void refetch()} />
          {isPending && <LinearProgress aria-label={translate('app.problem.loading')} />}
          <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {shown.map((answer) => (
              <WhyNotAnswer key={answer.ruleId} answer={answer} chart={chart} full={rule !== null} />
            ))}
          </Box>
          {!rule && silent > 0 && (
            <Typography variant="caption" color="text.secondary">
              {translate('whyNot.silent', { smart_count: silent })}
            </Typography>
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('app.action.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

const inOrder = (answers: readonly WhyNot[]) => answers.toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
