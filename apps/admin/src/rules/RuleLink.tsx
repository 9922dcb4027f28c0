import { Link, type LinkProps } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { restsOnPending } from './register.js';
import { knownRule, useRuleTexts } from './useRuleTexts.js';

interface RuleLinkProps extends Pick<LinkProps, 'sx' | 'children'> {
  ruleId: string;
  /** From the middle of a form the register opens beside it, so that nothing typed is lost. */
  beside?: boolean;
}

/** The id of a rule, leading to its entry in the register; plain text where the register does not know it. */
export function RuleLink({ ruleId, beside = false, sx, children }: RuleLinkProps) {
  const translate = useTranslate();
  const texts = useRuleTexts();
  const rule = knownRule(ruleId);
  if (!rule) return <>{children ?? ruleId}</>;
  return (
    <Link
      component={RouterLink}
      to={`/rules/${ruleId}`}
      title={restsOnPending(rule) ? `${texts.title(rule.id)} – ${translate('rules.sourcePending')}` : texts.title(rule.id)}
      aria-label={children ? undefined : translate('rules.open', { id: ruleId })}
      color="inherit"
      sx={{
        textDecoration: 'underline',
        textDecorationStyle: 'dotted',
        textDecorationColor: 'currentcolor',
        textUnderlineOffset: '3px',
        whiteSpace: 'nowrap',
        ...sx,
      }}
      {...(beside && { target: '_blank', rel: 'noopener' })}
    >
      {children ?? ruleId}
    </Link>
  );
}
