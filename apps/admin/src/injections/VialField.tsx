import { QrCodeScannerOutlined } from '@mui/icons-material';
import { Alert, Box, Button, InputAdornment, TextField } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import type { useVial } from './useVial.js';
import { characterOf, useWedge } from './useWedge.js';

const CameraDialog = lazy(() => import('./CameraDialog.js'));

const GS = '\u001d';
/** Only a page of our own over https, or on this machine, is given a camera. */
const hasCamera = () => typeof navigator.mediaDevices?.getUserMedia === 'function';

/** Scan the vial: by a scanner that types, by the camera, or with the number copied by hand. */
export function VialField({ vial }: { vial: ReturnType<typeof useVial> }) {
  const translate = useTranslate();
  const format = useFormat();
  const { may } = useSession();
  const [typed, setTyped] = useState('');
  const [camera, setCamera] = useState(false);
  useWedge(vial.scan, !camera);
  const t = (key: string, facts: Record<string, unknown> = {}) =>
    translate(
      `injections.vial.${key}`,
      Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [name, /On$|^listed$/.test(name) ? format.date(String(value)) : value]),
      ),
    );
  const { word } = vial;
  return (
    <Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
        <TextField
          size="small"
          fullWidth
          label={t('label')}
          placeholder={t('placeholder')}
          value={typed}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              if (typed.trim()) vial.scan(typed);
              setTyped('');
            } else if (characterOf(event.nativeEvent) === GS) {
              event.preventDefault();
              setTyped(typed + GS);
            }
          }}
          slotProps={{
            inputLabel: { shrink: true },
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <QrCodeScannerOutlined fontSize="small" />
                </InputAdornment>
              ),
            },
            htmlInput: { maxLength: 200, spellCheck: false },
          }}
        />
        {hasCamera() && (
          <Button variant="outlined" onClick={() => setCamera(true)} sx={{ minHeight: 40, flexShrink: 0 }}>
            {t('camera')}
          </Button>
        )}
      </Box>
      <Box role="status" sx={{ mt: word ? 1 : 0 }}>
        {word && (
          <Alert
            severity={word.tone}
            action={
              'vial' in word && word.vial.expiresOn && may('lot.receive') ? (
                <Button color="inherit" disabled={vial.busy} onClick={() => vial.receive(word.vial)}>
                  {t('receiveButton')}
                </Button>
              ) : undefined
            }
          >
            {t('vial' in word && !word.vial.expiresOn ? 'receiveWithoutDate' : word.key, word.facts)}
          </Alert>
        )}
      </Box>
      <ProblemAlert error={vial.error} />
      {camera && (
        <Suspense fallback={null}>
          <CameraDialog
            onClose={() => setCamera(false)}
            onRead={(text) => {
              setCamera(false);
              vial.scan(text);
            }}
          />
        </Suspense>
      )}
    </Box>
  );
}
