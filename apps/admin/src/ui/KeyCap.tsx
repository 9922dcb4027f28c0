import { Box } from '@mui/material';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslate } from 'react-admin';

/** A key as it stands on the keyboard. */
export const KeyCap = ({ children }: { children: ReactNode }) => (
  <Box
    component="kbd"
    sx={{
      fontFamily: 'inherit',
      fontWeight: 700,
      border: 1,
      borderColor: 'divider',
      borderRadius: 0.75,
      px: 0.6,
      minWidth: 22,
      display: 'inline-block',
      textAlign: 'center',
    }}
  >
    {children}
  </Box>
);

/**
 * The keys that do what a button does, inside it: for the eyes of whoever has a keyboard, and not part of the button's name.
 * Where fingers are the only pointer it takes no room.
 */
export function SubmitKeys() {
  const translate = useTranslate();
  return (
    <Box
      component="span"
      aria-hidden
      sx={{ ml: 1, fontSize: '0.75em', fontWeight: 500, whiteSpace: 'nowrap', '@media (pointer: coarse)': { display: 'none' } }}
    >
      {translate('app.action.submitKeys')}
    </Box>
  );
}

/** Ctrl (or Cmd) with Enter sends the form it is pressed in, also from a field of several lines. */
export function submitByKeys(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
