import { Box, Link, Typography } from '@mui/material';
import type { PatientName } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useFormat } from '../format.js';

export const nameOf = ({ familyName, givenName }: Pick<PatientName, 'familyName' | 'givenName'>) => `${familyName}, ${givenName}`;

/** Longer than most clinics number their patients: more than stands beside a birth date in a table on a tablet. */
const LONG_NUMBER = 10;

/** A patient with the two identifiers a person is checked by: birth date and record number. */
export function PatientLine({ patient, linked = true }: { patient: PatientName; linked?: boolean }) {
  const translate = useTranslate();
  const format = useFormat();
  return (
    <Box sx={{ minWidth: 0 }}>
      {linked ? (
        <Link component={RouterLink} to={`/patients/${patient.id}/show`} color="text.primary" sx={{ fontWeight: 620 }}>
          <bdi>{nameOf(patient)}</bdi>
        </Link>
      ) : (
        <Box component="span" sx={{ fontWeight: 620 }}>
          <bdi>{nameOf(patient)}</bdi>
        </Box>
      )}
      {/* Neither of the two is broken in its middle. In a table both stand in one line; a long number would push the buttons out of it. */}
      <Typography
        variant="caption"
        color="text.secondary"
        component="div"
        className="tabular"
        sx={{ '& span': { whiteSpace: 'nowrap' }, ...(patient.recordNumber.length <= LONG_NUMBER && { 'td &': { whiteSpace: 'nowrap' } }) }}
      >
        <span>
          {format.date(patient.birthDate)} ({format.age(patient.birthDate)}) ·
        </span>{' '}
        <span>{translate('app.recordNumber', { number: patient.recordNumber })}</span>
      </Typography>
    </Box>
  );
}
