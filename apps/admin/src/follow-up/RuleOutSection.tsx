import { CheckCircleOutlined, RadioButtonUncheckedOutlined } from '@mui/icons-material';
import { Box, Button, Typography } from '@mui/material';
import { COBALAMINS, type RuleOutItem, type RuleOutState, ruleOutStates } from '@vastus/clinical';
import { type Chart, ROUTES, type RuleOutEntry } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { written } from '../lab-results/units.js';
import { RuleLink } from '../rules/RuleLink.js';
import { useSession } from '../session/useSession.js';
import { Section } from '../ui/Section.js';
import { FactActions } from './FactActions.js';
import { RuleOutDialog } from './RuleOutDialog.js';

type Opened = { item: RuleOutItem; amends?: RuleOutEntry } | null;

/** The other causes of a neuropathy: ticked by hand, or by a result that answers them (MON-RULEOUT). Nothing without a neuropathy. */
export function RuleOutSection({ chart, known }: { chart: Chart; known: KnownFacts | null }) {
  const translate = useTranslate();
  const [opened, setOpened] = useState<Opened>(null);
  const course = known?.facts.courses
    .filter(({ neurologicalInvolvement, substance }) => neurologicalInvolvement && COBALAMINS.includes(substance))
    .toSorted((a, b) => Number(a.endedOn !== null) - Number(b.endedOn !== null) || b.startedOn.localeCompare(a.startedOn))[0];
  if (!known || !course) return null;
  const states = ruleOutStates(course, known.facts);
  return (
    <Section
      id="rule-outs"
      title={translate('followUp.ruleOuts.title')}
      subtitle={
        <>
          {translate('followUp.ruleOuts.progress', { done: states.filter(({ answered }) => answered !== null).length, all: states.length })}{' '}
          · <RuleLink ruleId="MON-RULEOUT" />
        </>
      }
      flush
    >
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {states.map((state) => (
          <Item key={state.item} state={state} chart={chart} onOpen={(amends) => setOpened({ item: state.item, amends })} />
        ))}
      </Box>
      {opened && <RuleOutDialog patientId={chart.patient.id} {...opened} onClose={() => setOpened(null)} />}
    </Section>
  );
}

function Item({
  state: { item, answered },
  chart,
  onOpen,
}: {
  state: RuleOutState;
  chart: Chart;
  onOpen: (amends?: RuleOutEntry) => void;
}) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { may } = useSession();
  const result = chart.labResults.find(({ id }) => id === answered?.factId);
  const entry = chart.ruleOuts.findLast((known) => known.item === item && known.state === 'effective');
  const name = word('care', item);
  const told = [
    result &&
      translate('followUp.ruleOuts.byResult', {
        analyte: word('analyte', result.analyte),
        value: `${format.number(result.harmonizedValue)} ${written(result.harmonizedUnit)}`,
        date: format.date(result.collectedOn),
      }),
    entry && translate('followUp.ruleOuts.byTick', { finding: entry.finding, date: format.date(entry.doneOn) }),
    item === 'neurotoxic-drugs' &&
      chart.patient.neurotoxicDrugs &&
      translate('followUp.ruleOuts.drugs', { drugs: chart.patient.neurotoxicDrugs }),
  ].filter(Boolean);
  return (
    <Box
      component="li"
      sx={{ display: 'flex', gap: 1.25, px: 2.5, py: 1, borderTop: 1, borderColor: 'divider', alignItems: 'center', flexWrap: 'wrap' }}
    >
      <Box
        sx={({ palette }) => ({
          display: 'flex',
          color: answered ? palette.tone.success.text : 'text.secondary',
          '& svg': { fontSize: 20 },
        })}
      >
        {answered ? <CheckCircleOutlined /> : <RadioButtonUncheckedOutlined />}
      </Box>
      <Box sx={{ flex: '1 1 140px', minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 550 }}>
          {name}
        </Typography>
        <Typography variant="caption" color="text.secondary" component="div">
          {told.length > 0 ? told.join(' · ') : answered ? format.instant(answered.at) : translate('followUp.ruleOuts.open')}
        </Typography>
      </Box>
      {may('rule-out.record') &&
        (entry ? (
          <FactActions about={name} onAmend={() => onOpen(entry)} voidRoute={ROUTES.voidRuleOut} params={{ ruleOutId: entry.id }} />
        ) : (
          !answered && (
            <Button
              size="small"
              className="no-print"
              aria-label={translate('followUp.ruleOuts.tickTitle', { item: name })}
              onClick={() => onOpen()}
            >
              {translate('followUp.ruleOuts.tick')}
            </Button>
          )
        ))}
    </Box>
  );
}
