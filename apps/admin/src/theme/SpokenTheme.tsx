import { createTheme, ThemeProvider, useTheme } from '@mui/material/styles';
import { type ReactNode, useMemo } from 'react';
import { useTranslate } from 'react-admin';

/** The theme with the words that MUI's own components say, in the language of the screen. */
export function SpokenTheme({ children }: { children: ReactNode }) {
  const translate = useTranslate();
  const theme = useTheme();
  const spoken = useMemo(
    () =>
      createTheme(theme, {
        components: {
          MuiAutocomplete: {
            defaultProps: {
              openText: translate('app.chooser.open'),
              closeText: translate('app.chooser.close'),
              clearText: translate('app.chooser.clear'),
              noOptionsText: translate('app.chooser.none'),
              loadingText: translate('app.problem.loading'),
            },
          },
        },
      }),
    [theme, translate],
  );
  return <ThemeProvider theme={spoken}>{children}</ThemeProvider>;
}
