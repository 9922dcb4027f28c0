import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import type { Tone } from '../theme/palette.js';

/** A short state in words on a colour that repeats it; colour alone never says anything. */
export function StatusTag({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <Box
      component="span"
      sx={({ palette }) => ({
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        minHeight: 24,
        px: 1,
        borderRadius: 1.5,
        fontSize: '0.8125rem',
        fontWeight: 600,
        lineHeight: 1.3,
        whiteSpace: 'nowrap',
        color: palette.tone[tone].text,
        bgcolor: palette.tone[tone].soft,
        border: `1px solid ${palette.tone[tone].line}`,
        '& svg': { fontSize: 16 },
      })}
    >
      {icon}
      {children}
    </Box>
  );
}
