import { Box, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect } from 'react';
import { useTranslate } from 'react-admin';

interface PageProps {
  /** A browser keeps it in its history: nobody's name, nothing about a patient. */
  title: string;
  /** One quiet line under the title. */
  subtitle?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** Forms read better in a narrow column. */
  width?: 'narrow' | 'medium' | 'full';
  children: ReactNode;
}

const WIDTHS = { narrow: 760, medium: 1080, full: 1440 };

/** The frame of every page: its only h1, the browser's title, its actions. */
export function Page({ title, subtitle, actions, width = 'full', children }: PageProps) {
  const translate = useTranslate();
  const name = translate('app.name');
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <Box sx={{ maxWidth: WIDTHS[width], mx: 'auto', width: '100%' }}>
      <Stack direction="row" sx={{ alignItems: 'flex-end', flexWrap: 'wrap', gap: 2, mb: 3 }}>
        <Box sx={{ flex: '1 1 280px', minWidth: 0 }}>
          <Typography variant="h1">{title}</Typography>
          {subtitle && (
            <Typography component="div" variant="body2" color="text.secondary" sx={{ mt: 0.5 }}>
              {subtitle}
            </Typography>
          )}
        </Box>
        {actions && (
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            {actions}
          </Stack>
        )}
      </Stack>
      {children}
    </Box>
  );
}
