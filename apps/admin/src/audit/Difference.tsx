import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { differencesOf } from './difference.js';
import { useFieldWords } from './useFieldWords.js';

/** Field by field, what was and what is, in the ward's words; only what differs, when both are there. */
export function Difference({ before, after }: { before: unknown; after: unknown }) {
  const translate = useTranslate();
  const { name, value } = useFieldWords();
  const fields = differencesOf(before, after);
  const cell = { px: 1, py: 0.5, borderTop: 1, borderColor: 'divider', overflowWrap: 'anywhere', fontSize: '0.8125rem' } as const;
  if (fields.length === 0) return <Box sx={{ fontSize: '0.8125rem', color: 'text.secondary' }}>{translate('audit.sameAsBefore')}</Box>;
  return (
    <Box
      component="table"
      sx={({ palette }) => ({
        width: '100%',
        borderCollapse: 'collapse',
        tableLayout: 'fixed',
        bgcolor: palette.surface.sunken,
        borderRadius: 1,
        '& th': { textAlign: 'left', fontWeight: 600 },
      })}
    >
      <thead>
        <tr>
          {['field', 'before', 'after'].map((column) => (
            <Box component="th" scope="col" key={column} sx={{ ...cell, borderTop: 0, width: column === 'field' ? '26%' : undefined }}>
              {translate(`audit.${column}`)}
            </Box>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map(({ path, before: was, after: is }) => (
          <tr key={path.join('.')}>
            <Box component="th" scope="row" sx={cell}>
              {name(path)}
            </Box>
            <Box component="td" sx={{ ...cell, color: 'text.secondary' }}>
              {value(path, was)}
            </Box>
            <Box component="td" sx={cell}>
              {value(path, is)}
            </Box>
          </tr>
        ))}
      </tbody>
    </Box>
  );
}
