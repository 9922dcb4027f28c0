import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { restsOnPending } from './register.js';
import { knownRule, useRuleTexts } from './useRuleTexts.js';

/**
 * What stands beside a rule wherever it speaks: that its source awaits review, and what is done where the sources disagree – unless that
 * is said below (`brief`), where somebody in a hurry reads the rule.
 */
export function RuleNote({ ruleId, brief = false }: { ruleId: string; brief?: boolean }) {
  const translate = useTranslate();
  const texts = useRuleTexts();
  const rule = knownRule(ruleId);
  if (!rule) return null;
  const conflict = !brief && rule.conflict ? texts.conflict(rule.conflict) : null;
  return (
    <>
      {restsOnPending(rule) && <span>{translate('rules.sourcePending')}</span>}
      {conflict && (
        <Box component="span" sx={{ display: 'block' }}>
          {translate('rules.conflict')} – {conflict.topic}: {conflict.decision}
        </Box>
      )}
    </>
  );
}
