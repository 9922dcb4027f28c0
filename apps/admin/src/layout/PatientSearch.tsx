import { SearchOutlined } from '@mui/icons-material';
import { Autocomplete, Box, InputAdornment, TextField } from '@mui/material';
import { keepPreviousData } from '@tanstack/react-query';
import { type PatientRow, ROUTES } from '@vastus/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { useDelayed } from '../ui/useDelayed.js';

/** Finds a patient from anywhere (Ctrl-K). What is typed goes to the server only: no history, no address bar. */
export function PatientSearch() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const q = useDelayed(typed.trim(), 200);
  const input = useRef<HTMLInputElement>(null);
  const found = useAnswer(
    ROUTES.searchPatients,
    { query: { q, limit: 8 } },
    { enabled: q.length >= 2, placeholderData: keepPreviousData, gcTime: 30_000 },
  );

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      }
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);

  return (
    <Autocomplete<PatientRow>
      value={null}
      inputValue={typed}
      onInputChange={(_, value, reason) => reason !== 'reset' && setTyped(value)}
      onChange={(_, patient) => {
        if (!patient) return;
        setTyped('');
        input.current?.blur();
        void navigate(`/patients/${patient.id}/show`);
      }}
      options={q.length >= 2 ? (found.data?.items ?? []) : []}
      filterOptions={(options) => options}
      getOptionLabel={nameOf}
      getOptionKey={({ id }) => id}
      noOptionsText={translate(typed.trim().length < 2 ? 'app.search.typing' : 'app.search.none')}
      loading={found.isFetching}
      loadingText={translate('app.problem.loading')}
      popupIcon={null}
      blurOnSelect
      clearOnBlur={false}
      renderOption={({ key, ...props }, patient) => (
        <Box component="li" key={key} {...props}>
          <PatientLine patient={patient} linked={false} />
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          inputRef={input}
          placeholder={translate('app.search.placeholder')}
          slotProps={{
            htmlInput: {
              ...params.inputProps,
              'aria-label': translate('app.search.label'),
              'aria-keyshortcuts': 'Control+K',
              autoComplete: 'off',
              spellCheck: false,
            },
            input: {
              ...params.InputProps,
              startAdornment: (
                <InputAdornment position="start" sx={{ ml: 0.5 }}>
                  <SearchOutlined fontSize="small" />
                </InputAdornment>
              ),
              endAdornment: typed ? (
                params.InputProps.endAdornment
              ) : (
                <Box
                  component="kbd"
                  aria-hidden
                  sx={{
                    display: { xs: 'none', md: 'block' },
                    font: 'inherit',
                    fontSize: '0.75rem',
                    color: 'text.secondary',
                    border: 1,
                    borderColor: 'divider',
                    borderRadius: 1,
                    px: 0.75,
                    whiteSpace: 'nowrap',
                  }}
                >
                  {translate('app.search.hint')}
                </Box>
              ),
            },
          }}
        />
      )}
      sx={{ width: '100%', maxWidth: 380, minWidth: 0 }}
    />
  );
}
