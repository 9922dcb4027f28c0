import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { CopyButton } from '../ui/CopyButton.js';

/** Ten codes, shown this once. */
export function RecoveryCodeList({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const translate = useTranslate();
  const t = (key: string) => translate(`account.factor.${key}`);
  return (
    <Stack sx={{ gap: 2 }}>
      <Typography variant="h2">{t('codesTitle')}</Typography>
      <Alert severity="info">{t('codesText')}</Alert>
      <Box
        component="ol"
        sx={{ m: 0, pl: 4, display: 'grid', gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' }, columnGap: 5, rowGap: 0.5 }}
      >
        {codes.map((code) => (
          <Box component="li" key={code} className="tabular" sx={{ fontFamily: 'monospace', fontSize: '1rem', whiteSpace: 'nowrap' }}>
            {code}
          </Box>
        ))}
      </Box>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        <CopyButton text={codes.join('\n')} label={t('copy')} done={t('copied')} />
        <Button variant="contained" onClick={onKept}>
          {t('kept')}
        </Button>
      </Stack>
    </Stack>
  );
}
