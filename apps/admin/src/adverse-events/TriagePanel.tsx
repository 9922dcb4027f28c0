import { Alert, Box, Stack, Typography } from '@mui/material';
import { dateInZone, limbSites, type Milestone, type SiteId } from '@vastus/clinical';
import type { Triage } from '@vastus/contract';
import { type ReactNode, useId } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { toLocal } from '../injections/clinicTime.js';
import { RuleSources } from '../injections/FindingsPanel.js';
import { knownRule } from '../rules/useRuleTexts.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';

export const LEVEL_TONE: Readonly<Record<Triage['level'], Tone>> = {
  emergency: 'critical',
  urgent: 'danger',
  'suspected-injury': 'warning',
  benign: 'success',
};

interface TriagePanelProps {
  triage: Triage;
  site: SiteId | null;
  /** What recording would plan; left out once it is recorded. */
  planned?: readonly Milestone[];
  now?: string;
}

/** What the answers mean: level first, then what happens, what is missing, and the rules behind it. */
export function TriagePanel({ triage, site, planned, now }: TriagePanelProps) {
  const translate = useTranslate();
  const words = useWords();
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.triage.${key}`, options);
  const tone = LEVEL_TONE[triage.level];
  return (
    <Stack sx={{ gap: 2 }}>
      <Box
        role="status"
        aria-label={t('title')}
        sx={({ palette }) => ({
          p: 2,
          borderRadius: 2,
          bgcolor: palette.tone[tone].soft,
          color: palette.tone[tone].text,
          border: `1px solid ${palette.tone[tone].line}`,
        })}
      >
        <Typography variant="caption" component="div" sx={{ opacity: 0.95 }}>
          {t('level')}
        </Typography>
        <Typography variant="h1" component="div">
          {words.word('level', triage.level)}
        </Typography>
        <Typography variant="body2">
          {words.word('severityLevel', triage.severity)} · {words.word('mechanism', triage.mechanism)}
        </Typography>
        {triage.suspectedNerves.length > 0 && (
          <Typography variant="body2">
            {t('nerves', { nerves: triage.suspectedNerves.map((nerve) => words.word('nerve', nerve)).join(', ') })}
          </Typography>
        )}
      </Box>

      {planned && <Consequences triage={triage} site={site} planned={planned} now={now ?? ''} />}

      {triage.missing.length > 0 && (
        <Alert severity="info">
          {t('missing')} <strong>{triage.missing.map((question) => words.word('assessment', question)).join(', ')}</strong>.{' '}
          {t('missingHelp')}
        </Alert>
      )}

      {triage.advice.length > 0 && (
        <Part title={t('advice')}>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {triage.advice.map((ruleId) => (
              <Typography component="li" variant="body2" key={ruleId}>
                {words.word('advice', ruleId)}
              </Typography>
            ))}
          </Box>
        </Part>
      )}

      <Box component="details">
        <Box component="summary" sx={{ cursor: 'pointer', minHeight: 28, fontSize: '0.875rem', fontWeight: 600 }}>
          {t('rules', { smart_count: triage.ruleIds.length })}
        </Box>
        <Stack component="ul" sx={{ gap: 1, m: 0, mt: 1, pl: 2.5 }}>
          {triage.ruleIds.map((ruleId) => {
            const rule = knownRule(ruleId);
            return (
              <li key={ruleId}>
                <Typography variant="body2" sx={{ fontWeight: 600 }}>
                  {words.word('rule', ruleId)}
                </Typography>
                {rule && <RuleSources rule={rule} />}
              </li>
            );
          })}
        </Stack>
      </Box>
    </Stack>
  );
}

function Consequences({ triage, site, planned, now }: { triage: Triage; site: SiteId | null; planned: readonly Milestone[]; now: string }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.triage.${key}`, options);
  const { zone } = useSession();
  // What is due at once stands first, whichever list it comes from.
  const placeOf = ({ opensAt, dueAt }: Milestone) => (opensAt <= now ? '' : dueAt);
  const open = planned.filter(({ met }) => !met).toSorted((a, b) => placeOf(a).localeCompare(placeOf(b)));
  // What is due on a day is due at its beginning; a clock time would only mislead.
  const when = (at: string) => (toLocal(at, zone).endsWith('T00:00') ? format.date(dateInZone(at, zone)) : format.instant(at));
  return (
    <Part title={t('happens')}>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        <Typography component="li" variant="body2">
          {t(triage.holdIm ? 'hold' : 'noHold')}
        </Typography>
        {triage.restrictLimb && site && (
          <Typography component="li" variant="body2">
            {t('limb', {
              sites: limbSites(site)
                .map((closed) => words.word('site', closed))
                .join(', '),
            })}
          </Typography>
        )}
        {triage.imagingSuggested && (
          <Typography component="li" variant="body2">
            {words.word('rule', 'AE-MASS')}
          </Typography>
        )}
      </Box>
      {open.length > 0 && (
        <Box component="ol" aria-label={t('clock')} sx={{ listStyle: 'none', m: 0, mt: 1.5, p: 0, display: 'grid', gap: 0.5 }}>
          {open.map((milestone) => (
            <Typography component="li" variant="body2" key={milestone.key} sx={{ display: 'flex', gap: 1.5 }}>
              <Box component="span" className="tabular" sx={{ flex: '0 0 138px', color: 'text.secondary' }}>
                {milestone.opensAt <= now ? t('atOnce') : when(milestone.dueAt)}
              </Box>
              <span>{words.word('rule', milestone.ruleId)}</span>
            </Typography>
          ))}
        </Box>
      )}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <Box component="section" aria-labelledby={heading}>
      <Typography variant="h3" id={heading} sx={{ mb: 0.75 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}
