import { Alert, Stack } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { Page } from '../ui/Page.js';
import { Section } from '../ui/Section.js';
import { AllRulesLink, RuleDetails } from './RuleDetails.js';
import { RuleTags } from './RuleList.js';
import { type ParametersInForce, sectionOf } from './register.js';
import { knownRule, useRuleTexts } from './useRuleTexts.js';

/** `/rules/RX-RENAL`: one rule, where every “why” leads. */
export default function RulePage() {
  const translate = useTranslate();
  const { ruleId = '' } = useParams();
  const { data } = useAnswer(ROUTES.listRules, {}, { staleTime: 60_000 });
  const texts = useRuleTexts();
  const rule = knownRule(ruleId);
  if (!rule) {
    return (
      <Page title={translate('rules.title')} width="narrow">
        <Alert severity="info" action={<AllRulesLink />}>
          {translate('rules.unknown', { id: ruleId })}
        </Alert>
      </Page>
    );
  }
  return (
    <Page
      title={texts.title(rule.id)}
      subtitle={`${rule.id} · ${translate(`rules.section.${sectionOf(rule)}`)}`}
      width="narrow"
      actions={<AllRulesLink />}
    >
      <Section
        title={rule.id}
        actions={
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            <RuleTags rule={rule} />
          </Stack>
        }
      >
        <RuleDetails
          rule={rule}
          inForce={(data?.items.find(({ id }) => id === rule.id)?.parameters as ParametersInForce | undefined) ?? null}
        />
      </Section>
    </Page>
  );
}
