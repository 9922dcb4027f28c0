import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Difference } from './parameters.js';
import { useParameterWords } from './useParameterWords.js';

/** What a version says otherwise, from → to. */
export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  const translate = useTranslate();
  const words = useParameterWords();
  if (differences.length === 0) return <Typography color="text.secondary">{translate('protocol.noChange')}</Typography>;
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.25, display: 'grid', gap: 0.5 }}>
      {differences.map(({ name, from, to }) => (
        <li key={name}>
          {words.name(name)}: <strong>{translate('protocol.change', { from: words.value(name, from), to: words.value(name, to) })}</strong>
        </li>
      ))}
    </Box>
  );
}
