import { Box } from '@mui/material';
import { type PatientName, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useAnswer } from '../api/queries.js';
import { PatientPicker } from './PatientPicker.js';

/** Narrows a list to one patient; the address carries the id alone. */
export function PatientFilter({ patientId, onChange }: { patientId: string | undefined; onChange: (patientId: string | null) => void }) {
  const [chosen, setChosen] = useState<PatientName | null>(null);
  const named = useAnswer(
    ROUTES.readPatient,
    { params: { patientId: patientId ?? '' } },
    { enabled: patientId !== undefined && chosen?.id !== patientId },
  );
  const value = patientId === undefined ? null : chosen?.id === patientId ? chosen : (named.data ?? null);
  return (
    <Box sx={{ width: 300, maxWidth: '100%' }}>
      <PatientPicker
        value={value}
        onChange={(patient) => {
          setChosen(patient);
          onChange(patient?.id ?? null);
        }}
      />
    </Box>
  );
}
