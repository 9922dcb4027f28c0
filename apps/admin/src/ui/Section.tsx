import { Box, Card, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** Tables and lists reach the edges of their card. */
  flush?: boolean;
  id?: string;
  children: ReactNode;
}

/** A titled card, announced by its heading. */
export function Section({ title, subtitle, actions, flush = false, id, children }: SectionProps) {
  const heading = useId();
  return (
    <Card component="section" aria-labelledby={heading} id={id}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 2, px: 2.5, pt: 2, pb: 1.5, flexWrap: 'wrap' }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h2" id={heading}>
            {title}
          </Typography>
          {subtitle && (
            <Typography component="div" variant="caption" color="text.secondary">
              {subtitle}
            </Typography>
          )}
        </Box>
        {actions}
      </Stack>
      <Box sx={flush ? undefined : { px: 2.5, pb: 2.5 }}>{children}</Box>
    </Card>
  );
}
