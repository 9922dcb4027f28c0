import { TranslateOutlined } from '@mui/icons-material';
import { Button, Divider, ListItemIcon, MenuItem, Stack } from '@mui/material';
import { useLocaleState, useNotify, useTranslate } from 'react-admin';
import { hasTyped } from '../connection/typed.js';
import { LANGUAGE_CODES, LANGUAGES } from '../i18n/languages.js';

/** On the page to sign in: every language by its own name, the present one marked. */
export function LanguageButtons() {
  const translate = useTranslate();
  const [language, choose] = useLocaleState();
  return (
    <Stack direction="row" role="group" aria-label={translate('app.language')} sx={{ gap: 0.5, justifyContent: 'center', mt: 4 }}>
      {LANGUAGE_CODES.map((code) => (
        <Button
          key={code}
          size="small"
          lang={code}
          aria-pressed={code === language}
          onClick={() => choose(code)}
          sx={{
            color: 'text.secondary',
            '&[aria-pressed=true]': { color: 'text.primary', textDecoration: 'underline', textUnderlineOffset: '4px' },
          }}
        >
          {LANGUAGES[code].name}
        </Button>
      ))}
    </Stack>
  );
}

/** In the account menu: the other languages. Every word of the page is drawn anew, so that a form would lose what was typed. */
export function LanguageItems({ onChosen }: { onChosen: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  const [language, choose] = useLocaleState();
  return (
    <>
      {LANGUAGE_CODES.filter((code) => code !== language).map((code) => (
        <MenuItem
          key={code}
          lang={code}
          onClick={() => {
            onChosen();
            if (hasTyped()) notify(translate('connection.leave.language'), { type: 'warning' });
            else choose(code);
          }}
        >
          <ListItemIcon>
            <TranslateOutlined fontSize="small" />
          </ListItemIcon>
          {LANGUAGES[code].name}
        </MenuItem>
      ))}
      <Divider role="presentation" />
    </>
  );
}
