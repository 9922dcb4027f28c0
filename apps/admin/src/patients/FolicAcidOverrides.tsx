import { Alert, Box, Typography } from '@mui/material';
import { folicAcidOverrideInForce } from '@vastus/clinical';
import type { FolicAcidOverride, Patient } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import type { KnownFacts } from '../injections/useRules.js';
import { RuleLink } from '../rules/RuleLink.js';

/** On the chart: a physician's word that speaks for the folic acid on record, as long as no B12 has been given. */
export function FolicAcidBanner({ patient, known }: { patient: Patient; known: KnownFacts | null }) {
  const inForce = known && folicAcidOverrideInForce(patient.folicAcidOverrides, known.facts, known.protocol);
  if (!inForce) return null;
  return (
    <Alert severity="warning" sx={{ mb: 3 }}>
      <Overridden override={inForce} />
    </Alert>
  );
}

/** In the form, beside the amount: every such word, latest first, and whether it still speaks. */
export function FolicAcidOverrides({ patient, known }: { patient: Patient; known: KnownFacts | null }) {
  const translate = useTranslate();
  if (patient.folicAcidOverrides.length === 0) return null;
  const inForce = known && folicAcidOverrideInForce(patient.folicAcidOverrides, known.facts, known.protocol);
  return (
    <Box component="ul" className="wide" aria-label={translate('patients.folicAcid.list')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {patient.folicAcidOverrides.map((override) => (
        <Typography component="li" variant="body2" key={override.id} sx={{ py: 0.5 }}>
          <Overridden override={override} beside />
          {known && override !== inForce && (
            <Typography component="span" variant="body2" color="text.secondary">
              {' '}
              ({translate('patients.folicAcid.past')})
            </Typography>
          )}
        </Typography>
      ))}
    </Box>
  );
}

function Overridden({ override, beside = false }: { override: FolicAcidOverride; beside?: boolean }) {
  const translate = useTranslate();
  const format = useFormat();
  const amount = format.number(override.folicAcidMgPerDay);
  return (
    <>
      <strong>{translate('patients.folicAcid.overridden', { amount })}</strong>{' '}
      {translate('patients.folicAcid.by', { name: override.decidedByName, date: format.instant(override.decidedAt) })}: {override.reason}{' '}
      <Typography component="span" variant="caption">
        <RuleLink ruleId="RX-FOLATE" beside={beside} />
      </Typography>
    </>
  );
}
