import { Box, Stack, Typography } from '@mui/material';
import type { AbsenceVerdict } from '@vastus/clinical';
import type { Chart, WhyNot } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { ConflictText } from '../rules/ConflictText.js';
import { RuleLink } from '../rules/RuleLink.js';
import { SourceText } from '../rules/SourceText.js';
import { knownRule, useRuleTexts } from '../rules/useRuleTexts.js';
import type { Tone } from '../theme/palette.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useReasons } from './useReasons.js';

const TONES: Readonly<Record<AbsenceVerdict, Tone>> = {
  applies: 'warning',
  'not-yet': 'info',
  met: 'success',
  'cancelled-cause': 'neutral',
  'not-applicable': 'neutral',
};

/** What one rule says about the absence of its alert. `full` adds where the rule comes from and where its sources disagree. */
export function WhyNotAnswer({ answer, chart, full }: { answer: WhyNot; chart: Chart; full: boolean }) {
  const translate = useTranslate();
  const { word } = useWords();
  const sentence = useReasons(chart);
  const texts = useRuleTexts();
  const { verdict, reasons, alerts } = answer;
  const rule = knownRule(answer.ruleId);
  // A late dose is a nurse's alert first and a physician's later: two lines that would read the same.
  const owners = new Set(reasons.map(({ facts }) => facts['ownerRole']).filter(Boolean));
  return (
    <Box component="li" sx={{ py: 1.5, borderTop: 1, borderColor: 'divider', display: 'grid', gap: 0.75 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <StatusTag tone={TONES[verdict]}>{translate(`whyNot.verdict.${verdict}`)}</StatusTag>
        <Typography component="h3" variant="body2" sx={{ fontWeight: 650 }}>
          {word('rule', answer.ruleId)}
        </Typography>
        <Typography variant="caption" color="text.secondary">
          <RuleLink ruleId={answer.ruleId} />
        </Typography>
      </Stack>
      <Box component="ul" sx={{ m: 0, pl: 2.25, fontSize: '0.875rem', display: 'grid', gap: 0.25 }}>
        {reasons.map((reason) => (
          <li key={reason.code + JSON.stringify(reason.facts)}>
            {owners.size > 1 && typeof reason.facts['ownerRole'] === 'string' && `${translate(`app.role.${reason.facts['ownerRole']}`)}: `}
            {sentence(reason)}
          </li>
        ))}
        {verdict === 'applies' && alerts.length === 0 && <li>{translate('whyNot.noAlert')}</li>}
      </Box>
      {alerts.length > 0 && (
        <Typography variant="caption" color="text.secondary">
          {translate('whyNot.alerts')}: {counted(alerts.map(({ state }) => word('alertState', state)))}
        </Typography>
      )}
      {full && rule && (
        <Box
          sx={({ palette }) => ({
            bgcolor: palette.surface.sunken,
            borderRadius: 2,
            p: 1.5,
            fontSize: '0.8125rem',
            display: 'grid',
            gap: 0.75,
          })}
        >
          <Box>{texts.summary(rule.id)}</Box>
          {rule.conflict && (
            <Box>
              <Box sx={{ color: 'text.secondary' }}>{translate('patients.alert.conflict')}:</Box>
              <ConflictText conflict={rule.conflict} />
            </Box>
          )}
          <Box sx={{ color: 'text.secondary' }}>
            {translate('patients.alert.sources')}:
            <Box component="ul" sx={{ m: 0, pl: 2.25 }}>
              {rule.sources.map((source) => (
                <li key={source.file + source.pointer}>
                  <SourceText source={source} />
                </li>
              ))}
            </Box>
          </Box>
        </Box>
      )}
    </Box>
  );
}

/** Each word once, with how often where it is more than once. */
function counted(words: readonly string[]): string {
  return [...new Set(words)]
    .map((one) => [words.filter((other) => other === one).length, one] as const)
    .map(([times, one]) => (times > 1 ? `${one} (${times}×)` : one))
    .join(', ');
}
