import { CloudOffOutlined } from '@mui/icons-material';
import { Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { giveUpWaiting, probe, useConnection, watchNetwork } from './connection.js';

/** Says that the server cannot be reached and what becomes of what was entered; afterwards, that it has been sent. */
export function ConnectionBar() {
  const translate = useTranslate();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const { reachable, waiting, delivered, refused } = useConnection();
  const before = useRef({ reachable, delivered, refused });

  useEffect(() => watchNetwork(), []);
  useEffect(() => {
    const last = before.current;
    before.current = { reachable, delivered, refused };
    if (delivered > last.delivered)
      notify('connection.delivered', { type: 'success', messageArgs: { smart_count: delivered - last.delivered } });
    if (refused > last.refused) notify('connection.refused', { type: 'error', autoHideDuration: null });
    // What was missed meanwhile is asked for, who is signed in first of all.
    if (reachable && !last.reachable) void queryClient.invalidateQueries();
  }, [reachable, delivered, refused, notify, queryClient]);

  return (
    <Box role="status" className="no-print">
      {!reachable && (
        <Box
          sx={({ palette, zIndex }) => ({
            position: 'fixed',
            inset: 'auto 0 0 0',
            zIndex: zIndex.snackbar,
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            justifyContent: 'center',
            columnGap: 2,
            px: 2,
            py: 1,
            bgcolor: palette.tone.warning.soft,
            color: palette.tone.warning.text,
            borderTop: `2px solid ${palette.tone.warning.solid}`,
            fontWeight: 600,
          })}
        >
          <CloudOffOutlined fontSize="small" />
          <span>
            {translate('connection.lost')}{' '}
            {waiting > 0 ? translate('connection.waiting', { smart_count: waiting }) : translate('connection.kept')}
          </span>
          <Button size="small" color="inherit" onClick={() => void probe()}>
            {translate('app.problem.retry')}
          </Button>
          {waiting > 0 && (
            <Button size="small" color="inherit" onClick={giveUpWaiting}>
              {translate('connection.stop')}
            </Button>
          )}
        </Box>
      )}
    </Box>
  );
}
