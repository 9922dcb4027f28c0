import { Box, LinearProgress, Typography } from '@mui/material';
import { adviseSites } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';

const TONES: Readonly<Record<string, Tone>> = {
  recommended: 'success',
  available: 'neutral',
  recent: 'warning',
  restricted: 'danger',
  avoid: 'neutral',
};

/** The ten sites as the advisor ranks them today, with when each was last used. */
export function ChartSites({ known }: { known: KnownFacts | null }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today } = useSession();
  return (
    <Section title={translate('patients.chart.sites')} flush>
      {!known && <LinearProgress />}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {known &&
          adviseSites(known.facts, known.protocol, today).map(({ site, state, lastUsedOn }) => (
            <Box
              component="li"
              key={site}
              sx={{ display: 'flex', gap: 2, px: 2.5, py: 1, borderTop: 1, borderColor: 'divider', alignItems: 'center' }}
            >
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Typography variant="body2" sx={{ fontWeight: 550 }}>
                  {word('site', site)}
                </Typography>
                <Typography variant="caption" color="text.secondary" className="tabular">
                  {lastUsedOn ? `${format.date(lastUsedOn)}, ${format.relative(lastUsedOn)}` : translate('patients.chart.neverUsed')}
                </Typography>
              </Box>
              <StatusTag tone={TONES[state] ?? 'neutral'}>{word('siteState', state)}</StatusTag>
            </Box>
          ))}
      </Box>
    </Section>
  );
}
