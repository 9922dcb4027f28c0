import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** An empty list says so, and what to do about it where there is something. */
export function EmptyState({ text, icon, action }: { text: string; icon?: ReactNode; action?: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        justifyItems: 'center',
        gap: 1.5,
        py: 3.5,
        px: 2,
        textAlign: 'center',
        color: 'text.secondary',
        '& > svg': { fontSize: 36, opacity: 0.6 },
      }}
    >
      {icon}
      <Typography>{text}</Typography>
      {action}
    </Box>
  );
}
