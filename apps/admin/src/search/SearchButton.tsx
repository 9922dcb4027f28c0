import { SearchOutlined } from '@mui/icons-material';
import { Box, ButtonBase } from '@mui/material';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { SignedIn } from '../session/useSession.js';

const load = () => import('./SearchDialog.js');
const SearchDialog = lazy(load);
const ON_A_MAC = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '');

/** The way to patients and deeds from anywhere: a click, Ctrl-K or ⌘K. */
export function SearchButton({ session }: { session: SignedIn }) {
  const translate = useTranslate();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      // A dialog is answered before anything else is begun.
      if (!document.querySelector('[role=dialog]')) setOpen(true);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <>
      <ButtonBase
        ref={button}
        onClick={() => setOpen(true)}
        onPointerEnter={() => void load()}
        aria-label={translate('search.open')}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        sx={({ palette }) => ({
          width: { xs: 40, sm: '100%' },
          maxWidth: 380,
          minHeight: 40,
          px: 1.25,
          gap: 1,
          justifyContent: 'flex-start',
          border: 1,
          borderColor: palette.mode === 'light' ? '#8a9aa5' : '#5d707c',
          borderRadius: 2,
          color: 'text.secondary',
          fontSize: '0.875rem',
          whiteSpace: 'nowrap',
          overflow: 'hidden',
          '&:hover': { borderColor: 'text.primary' },
          '&.Mui-focusVisible': { outline: `2px solid ${palette.primary.main}`, outlineOffset: 2 },
        })}
      >
        <SearchOutlined fontSize="small" />
        <Box
          component="span"
          sx={{ flex: 1, textAlign: 'left', overflow: 'hidden', textOverflow: 'ellipsis', display: { xs: 'none', sm: 'block' } }}
        >
          {translate('search.open')}
        </Box>
        <Box
          component="kbd"
          aria-hidden
          sx={{
            display: { xs: 'none', md: 'block' },
            font: 'inherit',
            fontSize: '0.75rem',
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            px: 0.75,
          }}
        >
          {ON_A_MAC ? '⌘K' : translate('search.keys')}
        </Box>
      </ButtonBase>
      {open && (
        <Suspense fallback={null}>
          <SearchDialog
            session={session}
            onClose={(gone) => {
              setOpen(false);
              // Whoever went to another page is taken to its beginning; whoever stays gets the focus back.
              // Not before the dialog is gone, which holds the focus inside itself.
              if (!gone) setTimeout(() => button.current?.focus());
            }}
          />
        </Suspense>
      )}
    </>
  );
}
