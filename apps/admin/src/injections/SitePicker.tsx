import { Alert, Box, Typography } from '@mui/material';
import { SITE_IDS, type SiteAdvice, type SiteId } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { BodyMap } from '../body-map/BodyMap.js';
import { useSiteMarks } from '../body-map/marks.js';
import { useWords } from '../i18n/useWords.js';
import { SegmentedMany } from '../ui/Segmented.js';

interface SitePickerProps {
  advice: readonly SiteAdvice[];
  site: SiteId | null;
  /** Nobody has chosen yet: the advice stands. */
  advised: boolean;
  onSite: (site: SiteId) => void;
  skinFindings: readonly SiteId[];
  onSkinFindings: (sites: SiteId[]) => void;
  error?: string;
}

/** The body map with today's advice, and where the skin was not well. */
export function SitePicker({ advice, site, advised, onSite, skinFindings, onSkinFindings, error }: SitePickerProps) {
  const translate = useTranslate();
  const words = useWords();
  const marks = useSiteMarks();
  const closed = advice.length > 0 && advice.every(({ state }) => state === 'restricted');
  return (
    <Box>
      <BodyMap marks={marks(advice)} value={site} onChange={onSite} />
      <Typography variant="body2" aria-live="polite" sx={{ mt: 1 }}>
        {translate('injections.form.chosenSite')}{' '}
        <strong>{site ? words.word('site', site) : translate(`injections.form.${closed ? 'allClosed' : 'noSite'}`)}</strong>
        {advised && site && ` – ${translate('injections.form.asAdvised')}`}
      </Typography>
      {error && (
        <Alert severity="error" sx={{ mt: 1 }}>
          {error}
        </Alert>
      )}
      <Box component="details" sx={{ mt: 1.5 }} open={skinFindings.length > 0 || undefined}>
        <Box component="summary" sx={{ cursor: 'pointer', minHeight: 28, fontSize: '0.875rem', fontWeight: 600 }}>
          {translate('injections.form.skin')} {skinFindings.length > 0 && `(${skinFindings.length})`}
        </Box>
        <SegmentedMany
          label={translate('injections.form.skinHelp')}
          value={skinFindings}
          onChange={onSkinFindings}
          options={SITE_IDS.map((id) => ({ value: id, label: words.word('site', id), tint: 'danger' }))}
        />
      </Box>
    </Box>
  );
}
