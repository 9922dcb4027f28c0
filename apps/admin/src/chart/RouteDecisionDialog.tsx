import { Box, FormControlLabel, Radio, RadioGroup, TextField, Typography } from '@mui/material';
import { checkRouteDecision, ROUTE_DECISIONS } from '@vastus/clinical';
import { ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { useFacts } from '../injections/useRules.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { FormDialog } from '../ui/FormDialog.js';
import { isReason, isStopped, StopAndReason } from '../ui/StopAndReason.js';
import { RouteFacts } from './RouteFacts.js';

/** HOLD-DECIDE: how treatment goes on. The rules speak while one chooses; going on against a stop needs its own reason. */
export function RouteDecisionDialog({ patientId, who, onClose }: { patientId: string; who: string; onClose: () => void }) {
  const translate = useTranslate();
  const { word } = useWords();
  const notice = useChangesNotice();
  const decide = useSend(ROUTES.decideRoute);
  const { known } = useFacts(patientId);
  const [decision, setDecision] = useState<(typeof ROUTE_DECISIONS)[number] | null>(null);
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState('');
  const findings = decision && known ? checkRouteDecision(decision, known.facts, known.protocol) : [];
  const stopped = isStopped(findings, decide.error);

  return (
    <FormDialog
      title={`${translate('patients.route.title')} – ${who}`}
      explain={translate('patients.route.text')}
      submit={translate('patients.route.submit')}
      ready={decision !== null && isReason(reason) && (!stopped || isReason(override))}
      busy={decide.isPending}
      error={decide.error}
      onClose={onClose}
      onSubmit={() =>
        decision &&
        decide.mutate(
          { params: { patientId }, body: { decision, reason, overrideReason: stopped ? override : null } },
          {
            onSuccess: ({ changes }) => {
              notice(translate('patients.route.done'), changes);
              onClose();
            },
          },
        )
      }
    >
      {known && <RouteFacts known={known} />}
      <RadioGroup
        value={decision ?? ''}
        onChange={(_, value) => setDecision(value as (typeof ROUTE_DECISIONS)[number])}
        aria-label={translate('patients.route.title')}
      >
        {ROUTE_DECISIONS.map((option) => (
          <FormControlLabel
            key={option}
            value={option}
            control={<Radio />}
            sx={{ alignItems: 'flex-start', py: 0.5 }}
            label={
              <Box sx={{ pt: 1 }}>
                <Typography sx={{ fontWeight: 600 }}>{word('routeDecision', option)}</Typography>
                <Typography variant="caption" color="text.secondary">
                  {translate(`patients.route.${option}Text`)}
                </Typography>
              </Box>
            }
          />
        ))}
      </RadioGroup>
      <TextField
        label={translate('patients.route.reason')}
        helperText={translate('app.reason.help')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        required
        multiline
        minRows={2}
      />
      <StopAndReason
        findings={findings}
        error={decide.error}
        label={translate('patients.route.override')}
        reason={override}
        onReason={setOverride}
      />
    </FormDialog>
  );
}
