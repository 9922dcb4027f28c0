import { Box, LinearProgress, Skeleton, Typography } from '@mui/material';
import { adviseSites } from '@vastus/clinical';
import { lazy, Suspense } from 'react';
import { useTranslate } from 'react-admin';
import { useHistoryMarks } from '../body-map/marks.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { useSession } from '../session/useSession.js';
import { Section } from '../ui/Section.js';

const BodyMap = lazy(() => import('../body-map/BodyMap.js'));

/** Where it was injected and when, on the body and as a list; closed limbs are hatched and said in words. */
export function ChartSites({ known }: { known: KnownFacts | null }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today } = useSession();
  const marks = useHistoryMarks();
  const advice = known ? adviseSites(known.facts, known.protocol, today) : [];
  const used = advice
    .filter(({ lastUsedOn }) => lastUsedOn !== null)
    .toSorted((a, b) => (b.lastUsedOn ?? '').localeCompare(a.lastUsedOn ?? ''));
  return (
    <Section title={translate('patients.chart.sites')} id="sites">
      {known ? (
        <>
          <Suspense fallback={<Skeleton variant="rounded" height={280} />}>
            <BodyMap marks={marks(advice)} label={translate('patients.chart.sites')} />
          </Suspense>
          {used.length > 0 && (
            <Box component="ol" sx={{ listStyle: 'none', m: 0, mt: 1.5, p: 0 }}>
              {used.map(({ site, lastUsedOn }) => (
                <Typography
                  component="li"
                  variant="body2"
                  key={site}
                  sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, py: 0.25 }}
                >
                  <span>{word('site', site)}</span>
                  <Box component="span" className="tabular" sx={{ color: 'text.secondary' }}>
                    {lastUsedOn && `${format.date(lastUsedOn)}, ${format.relative(lastUsedOn)}`}
                  </Box>
                </Typography>
              ))}
            </Box>
          )}
        </>
      ) : (
        <LinearProgress aria-label={translate('app.problem.loading')} />
      )}
    </Section>
  );
}
