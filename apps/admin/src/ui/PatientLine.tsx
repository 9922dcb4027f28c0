import { Box, Link, Typography } from '@mui/material';
import type { PatientName } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useFormat } from '../format.js';

export const nameOf = ({ familyName, givenName }: Pick<PatientName, 'familyName' | 'givenName'>) => `${familyName}, ${givenName}`;

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
      {/* Neither of the two is broken in its middle; a table has room for both in one line, or is read sideways. */}
      <Typography
        variant="caption"
        color="text.secondary"
        component="div"
        className="tabular"
        sx={{ 'td &, & span': { whiteSpace: 'nowrap' } }}
      >
        <span>
          {format.date(patient.birthDate)} ({format.age(patient.birthDate)}) ·
        </span>{' '}
        <span>{translate('app.recordNumber', { number: patient.recordNumber })}</span>
      </Typography>
    </Box>
  );
}
