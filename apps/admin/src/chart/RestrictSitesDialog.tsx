import { Autocomplete, Box, TextField } from '@mui/material';
import { SITE_IDS, type SiteId } from '@vastus/clinical';
import { ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { useChangesNotice } from '../ui/ChangesNotice.js';
import { DateField } from '../ui/DateField.js';
import { FormDialog } from '../ui/FormDialog.js';

export function RestrictSitesDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const translate = useTranslate();
  const { word } = useWords();
  const { today } = useSession();
  const notice = useChangesNotice();
  const restrict = useSend(ROUTES.restrictSites);
  const [sites, setSites] = useState<SiteId[]>([]);
  const [reason, setReason] = useState('');
  const [since, setSince] = useState(today);
  const [until, setUntil] = useState('');
  return (
    <FormDialog
      title={translate('patients.restrict.title')}
      explain={translate('patients.restrict.text')}
      submit={translate('patients.restrict.submit')}
      ready={sites.length > 0 && reason.trim() !== '' && since !== ''}
      busy={restrict.isPending}
      error={restrict.error}
      onClose={onClose}
      onSubmit={() =>
        restrict.mutate(
          { params: { patientId }, body: { sites, reason, since, until: until || null } },
          {
            onSuccess: ({ changes }) => {
              notice(translate('patients.restrict.done'), changes);
              onClose();
            },
          },
        )
      }
    >
      <Autocomplete
        multiple
        disableCloseOnSelect
        options={[...SITE_IDS]}
        value={sites}
        onChange={(_, chosen) => setSites(chosen)}
        getOptionLabel={(site) => word('site', site)}
        renderInput={(params) => <TextField {...params} label={translate('patients.restrict.sites')} />}
      />
      <TextField
        label={translate('patients.restrict.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        required
        slotProps={{ htmlInput: { maxLength: 500 } }}
      />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <DateField label={translate('patients.restrict.since')} value={since} max={today} onDate={setSince} required />
        <DateField label={translate('patients.restrict.until')} value={until} min={since} onDate={setUntil} />
      </Box>
    </FormDialog>
  );
}
