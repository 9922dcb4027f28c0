import { Box } from '@mui/material';
import { riskGroups } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { RuleLink } from '../rules/RuleLink.js';
import { Section } from '../ui/Section.js';

/** Who is at risk of a deficiency, recorded or implied by the cause of a course (MON-RISK). Nothing where there is none. */
export function RiskGroups({ known }: { known: KnownFacts | null }) {
  const translate = useTranslate();
  const { word } = useWords();
  const groups = known ? riskGroups(known.facts) : [];
  if (groups.length === 0) return null;
  return (
    <Section title={translate('followUp.risk.title')} subtitle={<RuleLink ruleId="MON-RISK" />}>
      <Box component="ul" sx={{ m: 0, pl: 2.25, fontSize: '0.875rem' }}>
        {groups.map(({ group, from }) => (
          <li key={group}>
            {word('riskGroup', group)}{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              ({translate(`followUp.risk.from.${from}`)})
            </Box>
          </li>
        ))}
      </Box>
    </Section>
  );
}
