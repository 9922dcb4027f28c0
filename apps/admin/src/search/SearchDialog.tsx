/** Patients and deeds by what is typed. What is typed goes to the server only: no history, no address bar, forgotten when closed. */
import { CloseOutlined, SearchOutlined } from '@mui/icons-material';
import { Box, Dialog, IconButton, InputBase, LinearProgress, Typography } from '@mui/material';
import useAutocomplete from '@mui/material/useAutocomplete';
import { visuallyHidden } from '@mui/utils';
import { keepPreviousData } from '@tanstack/react-query';
import { type PatientName, ROUTES } from '@vastus/contract';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import type { SignedIn } from '../session/useSession.js';
import { nameOf } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { useDelayed } from '../ui/useDelayed.js';
import { ChoiceLine } from './ChoiceLine.js';
import { type Choice, generalChoices, patientChoices } from './choices.js';

const LEAST_LETTERS = 2;

interface SearchDialogProps {
  session: SignedIn;
  onClose: (gone: boolean) => void;
}

export default function SearchDialog({ session, onClose }: SearchDialogProps) {
  const translate = useTranslate();
  return (
    <Dialog
      open
      onClose={() => onClose(false)}
      aria-label={translate('search.title')}
      fullWidth
      maxWidth="sm"
      disableRestoreFocus
      slotProps={{ paper: { sx: { alignSelf: 'flex-start', mt: { xs: 2, sm: '10vh' }, maxHeight: '76vh' } } }}
    >
      <Search session={session} onClose={onClose} />
    </Dialog>
  );
}

function Search({ session, onClose }: SearchDialogProps) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [patient, setPatient] = useState<PatientName | null>(null);
  const q = useDelayed(typed.trim(), 150);
  const searching = session.may('patient.read') && patient === null && q.length >= LEAST_LETTERS;
  const found = useAnswer(
    ROUTES.searchPatients,
    { query: { limit: 6 }, body: { q } },
    { enabled: searching, placeholderData: keepPreviousData, gcTime: 30_000 },
  );
  const options = patient
    ? patientChoices(patient, typed, session, translate)
    : generalChoices(searching ? (found.data?.items ?? []) : [], typed, session, translate);
  const hint = useId();

  const choose = (choice: Choice) => {
    if ('patient' in choice) {
      setPatient(choice.patient);
      setTyped('');
      return;
    }
    onClose(true);
    void navigate(choice.to, choice.doing && { state: { doing: choice.doing } });
  };

  const { getRootProps, getInputProps, getInputLabelProps, getListboxProps, getOptionProps, groupedOptions } = useAutocomplete<Choice>({
    options,
    open: true,
    value: null,
    inputValue: typed,
    onInputChange: (_, value, reason) => reason === 'input' && setTyped(value),
    onChange: (_, choice) => choice && choose(choice),
    // Escape is heard here before the dialog hears it.
    onClose: (_, reason) => reason === 'escape' && onClose(false),
    filterOptions: (all) => all,
    getOptionLabel: (choice) => ('patient' in choice ? nameOf(choice.patient) : choice.label),
    getOptionKey: ({ key }) => key,
    groupBy: ({ group }) => group,
    autoHighlight: true,
    clearOnEscape: false,
    clearOnBlur: false,
    openOnFocus: true,
  });
  const groups = groupedOptions as unknown as { key: number; index: number; group: Choice['group']; options: Choice[] }[];
  const waiting = searching && (found.isFetching || q !== typed.trim());
  const none = options.length === 0 && !waiting;

  return (
    <>
      <Box
        {...getRootProps()}
        sx={{ display: 'flex', alignItems: 'center', gap: 1.5, px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider' }}
      >
        <SearchOutlined sx={{ color: 'text.secondary' }} />
        <Box component="label" {...getInputLabelProps()} sx={visuallyHidden}>
          {translate('search.title')}
        </Box>
        {patient && <Chosen patient={patient} onDrop={() => setPatient(null)} />}
        <InputBase
          fullWidth
          autoFocus
          placeholder={translate(patient ? 'search.deedOf' : 'search.placeholder')}
          inputProps={{ ...getInputProps(), 'aria-describedby': hint, 'aria-expanded': true, spellCheck: false, maxLength: 100 }}
          onKeyDown={(event) => {
            if (event.key === 'Backspace' && typed === '' && patient) setPatient(null);
          }}
          sx={{ fontSize: '1rem', minHeight: 36 }}
        />
      </Box>
      <Box sx={{ height: 3 }}>{waiting && <LinearProgress sx={{ height: 3 }} aria-label={translate('app.problem.loading')} />}</Box>
      {found.error && searching ? (
        <Box sx={{ p: 2 }}>
          <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
        </Box>
      ) : null}
      {/* An open combobox always has its list, an empty one too. */}
      <Box
        component="ul"
        {...getListboxProps()}
        aria-label={translate('search.title')}
        sx={{ listStyle: 'none', m: 0, p: 1, overflowY: 'auto', minHeight: none ? 0 : 240, flex: '1 1 auto' }}
      >
        {groups.map(({ key, index, group, options: lines }) => (
          <Box component="li" role="presentation" key={key}>
            <Typography
              component="div"
              role="presentation"
              variant="caption"
              color="text.secondary"
              sx={{ px: 1.5, pt: 1, pb: 0.5, fontWeight: 650 }}
            >
              {translate(`search.group.${group}`)}
            </Typography>
            <Box component="ul" role="group" aria-label={translate(`search.group.${group}`)} sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {lines.map((option, line) => {
                const { key: optionKey, ...props } = getOptionProps({ option, index: index + line }) as { key: string } & object;
                return <ChoiceLine key={optionKey} choice={option} {...props} />;
              })}
            </Box>
          </Box>
        ))}
      </Box>
      {none && (
        <Typography role="status" color="text.secondary" sx={{ px: 3, pb: 3, textAlign: 'center' }}>
          {translate('search.none')}
        </Typography>
      )}
      <Typography
        id={hint}
        variant="caption"
        color="text.secondary"
        sx={{ px: 2.5, py: 1.25, borderTop: 1, borderColor: 'divider', bgcolor: 'surface.sunken' }}
      >
        {translate(patient ? 'search.hintPatient' : 'search.hint')}
      </Typography>
    </>
  );
}

function Chosen({ patient, onDrop }: { patient: PatientName; onDrop: () => void }) {
  const translate = useTranslate();
  return (
    <Box
      sx={({ palette }) => ({
        display: 'flex',
        alignItems: 'center',
        flex: 'none',
        maxWidth: '55%',
        borderRadius: 2,
        pl: 1.25,
        fontWeight: 620,
        fontSize: '0.875rem',
        bgcolor: palette.tone.accent.soft,
        color: palette.tone.accent.text,
      })}
    >
      <Box component="bdi" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {nameOf(patient)}
      </Box>
      <IconButton size="small" color="inherit" onClick={onDrop} aria-label={translate('search.drop', { name: nameOf(patient) })}>
        <CloseOutlined fontSize="small" />
      </IconButton>
    </Box>
  );
}
