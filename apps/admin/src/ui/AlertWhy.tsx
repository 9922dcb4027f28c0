import { Box, LinearProgress, Typography } from '@mui/material';
import { isShownFact } from '@vastus/clinical';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useAnswer } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { ConflictText } from '../rules/ConflictText.js';
import { RuleLink } from '../rules/RuleLink.js';
import { SourceText } from '../rules/SourceText.js';
import { knownRule, useRuleTexts } from '../rules/useRuleTexts.js';
import { ProblemAlert } from './ProblemAlert.js';

/** Why an alert exists: the rule, what it saw, where the rule comes from, and where its sources disagree. */
export function AlertWhy({ alertId }: { alertId: string }) {
  const translate = useTranslate();
  const words = useWords();
  const texts = useRuleTexts();
  const { data, error, isPending } = useAnswer(ROUTES.readAlert, { params: { alertId } });
  if (isPending) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  if (error) return <ProblemAlert error={error} />;
  const { why } = data;
  const rule = knownRule(why.ruleId);
  const seen = Object.entries(why.facts).filter(
    ([key, value]) => isShownFact(key) && value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return (
    <Box sx={({ palette }) => ({ bgcolor: palette.surface.sunken, borderRadius: 2, p: 2, display: 'grid', gap: 1.5 })}>
      <Box>
        <Typography variant="subtitle2">
          {rule ? texts.title(rule.id) : why.title} · <RuleLink ruleId={why.ruleId} />
        </Typography>
        <Typography variant="body2">{rule ? texts.summary(rule.id) : why.summary}</Typography>
      </Box>
      {seen.length > 0 && (
        <Box>
          <Typography variant="subtitle2">{translate('patients.alert.seen')}</Typography>
          <Box
            component="dl"
            sx={{
              m: 0,
              display: 'grid',
              gridTemplateColumns: 'auto 1fr',
              columnGap: 2,
              rowGap: 0.25,
              fontSize: '0.8125rem',
              '& dt': { color: 'text.secondary' },
              '& dd': { m: 0 },
            }}
          >
            {seen.map(([key, value]) => (
              <Box key={key} sx={{ display: 'contents' }}>
                <dt>{words.factName(key)}</dt>
                <dd>{words.fact(value)}</dd>
              </Box>
            ))}
          </Box>
        </Box>
      )}
      {rule?.conflict && (
        <Box>
          <Typography variant="subtitle2">{translate('patients.alert.conflict')}</Typography>
          <Typography variant="caption" component="div">
            <ConflictText conflict={rule.conflict} />
          </Typography>
        </Box>
      )}
      <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
        {translate('patients.alert.sources')}:
        <Box component="ul" sx={{ m: 0, pl: 2.25 }}>
          {rule?.sources.map((source) => (
            <li key={source.file + source.pointer}>
              <SourceText source={source} />
            </li>
          ))}
        </Box>
        {translate('patients.alert.protocol', { version: why.protocolVersion })}
      </Box>
    </Box>
  );
}
