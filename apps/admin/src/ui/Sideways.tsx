import { Box } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import type { SystemStyleObject } from '@mui/system';
import type { ReactNode } from 'react';

interface SidewaysProps {
  /** Names it for a reader, and makes it a stop of the keyboard; without a name something inside has to be one. */
  label?: string;
  sx?: SystemStyleObject<Theme>;
  children: ReactNode;
}

/** A table that may be wider than the page: it scrolls by itself. Positioned, as words hidden from the eye would widen the page else. */
export function Sideways({ label, sx, children }: SidewaysProps) {
  return (
    <Box sx={{ position: 'relative', overflowX: 'auto', ...sx }} {...(label && { role: 'group', 'aria-label': label, tabIndex: 0 })}>
      {children}
    </Box>
  );
}
