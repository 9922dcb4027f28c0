import { Box, Typography } from '@mui/material';
import { checkFolicAcid, DEFAULT_PROTOCOL, type PatientFacts, type ProtocolParameters } from '@vastus/clinical';
import { type FindingOut, type Patient, ROUTES } from '@vastus/contract';
import { TextInput, useTranslate } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { useAnswer } from '../api/queries.js';
import { useFacts } from '../injections/useRules.js';
import { readNumber } from '../numbers.js';
import { useSession } from '../session/useSession.js';
import { FindingList } from '../ui/FindingList.js';
import { FolicAcidOverrides } from './FolicAcidOverrides.js';

/** Somebody who is not registered yet has had no B12 from this clinic. */
const NOTHING_GIVEN: Pick<PatientFacts, 'injections'> = { injections: [] };

/** RX-FOLATE while the amount is typed, the physician's reason to go on, and what was decided before. `refused`: the server has said so. */
export function FolicAcidStop({ patient, refused }: { patient?: Patient; refused: boolean }) {
  const translate = useTranslate();
  const { may } = useSession();
  const typed = useWatch({ name: 'folicAcidMgPerDay' }) as string | null | undefined;
  const { known } = useFacts(patient?.id ?? null);
  const rules = useAnswer(ROUTES.listRules, {}, { enabled: !patient, staleTime: 60_000 });
  const inForce = rules.data?.items.find(({ id }) => id === 'RX-FOLATE')?.parameters as Partial<ProtocolParameters> | undefined;
  const amount = readNumber(typed);
  const protocol = known?.protocol ?? { ...DEFAULT_PROTOCOL, ...inForce };
  const ready = patient ? known !== null : rules.data !== undefined;
  const change = { before: patient?.folicAcidMgPerDay ?? null, after: amount };
  const findings = ready ? checkFolicAcid(change, known?.facts ?? NOTHING_GIVEN, protocol) : [];
  return (
    <>
      {patient && <FolicAcidOverrides patient={patient} known={known} />}
      {(findings.length > 0 || refused) && (
        <Box className="wide" role="status">
          {!refused && <FindingList findings={findings as FindingOut[]} />}
          {may('patient.override') ? (
            <TextInput
              source="overrideReason"
              label={translate('patients.form.override')}
              helperText={translate('app.reason.help')}
              multiline
              fullWidth
              inputProps={{ maxLength: 2000 }}
              sx={{ mt: '12px !important' }}
            />
          ) : (
            <Typography variant="caption" color="text.secondary" component="div" sx={{ mt: 1 }}>
              {translate('patients.form.overrideByPhysician')}
            </Typography>
          )}
        </Box>
      )}
    </>
  );
}
