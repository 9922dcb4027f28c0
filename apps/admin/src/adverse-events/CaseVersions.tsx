import { Box, Stack, Typography } from '@mui/material';
import type { AdverseEvent } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Difference } from '../audit/Difference.js';
import { useFormat } from '../format.js';
import { Section } from '../ui/Section.js';

/** How the case came to be what it is: what each version changed, who said so and why, latest first. */
export function CaseVersions({ event }: { event: AdverseEvent }) {
  const translate = useTranslate();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.versions.${key}`, options);
  if (event.versions.length === 0) return null;
  const all = [event, ...event.versions];
  return (
    <Section title={t('title')}>
      <Stack component="ol" sx={{ listStyle: 'none', m: 0, p: 0, gap: 2 }}>
        {all.map((version, index) => (
          <Box component="li" key={version.version} sx={{ borderLeft: 3, borderColor: 'divider', pl: 1.5 }}>
            <Typography variant="body2" sx={{ fontWeight: 600 }}>
              {t('version', { number: version.version, by: version.recordedByName, at: format.instant(version.recordedAt) })}
            </Typography>
            {version.amendReason && <Typography variant="body2">{version.amendReason}</Typography>}
            {all[index + 1] ? (
              <Box sx={{ mt: 1 }}>
                <Difference before={told(all[index + 1]!)} after={told(version)} />
              </Box>
            ) : (
              <Typography variant="caption" color="text.secondary">
                {t('first')}
              </Typography>
            )}
          </Box>
        ))}
      </Stack>
    </Section>
  );
}

function told(version: AdverseEvent['versions'][number]) {
  const { onsetAt, site, narrative, assessment, ctcaeTerm, ctcaeGrade, serious, seriousnessCriteria, causality, concludedOutcome } =
    version;
  return {
    ...{ onsetAt, site, narrative, assessment, ctcaeTerm, ctcaeGrade, serious, seriousnessCriteria, causality, concludedOutcome },
    level: version.triage.level,
  };
}
