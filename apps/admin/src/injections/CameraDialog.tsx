import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { openSymbolReader, type SymbolReader } from '../vial-reader/symbolReader.js';

const EVERY_MS = 150;

/** The camera, until it sees a symbol. Nothing is kept of the picture and nothing of it leaves the device. */
export default function CameraDialog({ onClose, onRead }: { onClose: () => void; onRead: (text: string) => void }) {
  const translate = useTranslate();
  const [trouble, setTrouble] = useState<'refused' | 'missing' | 'failed' | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const read = useRef(onRead);
  read.current = onRead;
  const t = (key: string) => translate(`injections.vial.reader.${key}`);

  useEffect(() => {
    let open = true;
    let stream: MediaStream | null = null;
    let reader: SymbolReader | null = null;
    const look = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
      const shown = video.current;
      if (!open || !shown) return;
      shown.srcObject = stream;
      await shown.play();
      reader = await openSymbolReader();
      while (open) {
        const text = await reader.read(shown);
        if (open && text) return read.current(text);
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
    };
    const end = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
      reader?.stop();
    };
    void look()
      .catch((error: unknown) => {
        if (!open) return;
        const name = error instanceof DOMException ? error.name : '';
        setTrouble(name === 'NotAllowedError' ? 'refused' : name === 'NotFoundError' ? 'missing' : 'failed');
      })
      .finally(() => {
        if (!open) end();
      });
    return () => {
      open = false;
      end();
    };
  }, []);

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="camera-title">
      <DialogTitle id="camera-title">{t('title')}</DialogTitle>
      <DialogContent>
        {trouble ? (
          <Alert severity="error">{t(trouble)}</Alert>
        ) : (
          <>
            <Box
              component="video"
              ref={video}
              muted
              playsInline
              aria-label={t('title')}
              sx={{ width: '100%', aspectRatio: '4 / 3', objectFit: 'cover', borderRadius: 2, bgcolor: 'common.black' }}
            />
            <Typography role="status" color="text.secondary">
              {t('looking')} {t('explain')}
            </Typography>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} autoFocus>
          {t('close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
