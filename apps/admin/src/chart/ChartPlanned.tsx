import { EventNoteOutlined } from '@mui/icons-material';
import { Box, Button, Typography } from '@mui/material';
import { dateInZone } from '@vastus/clinical';
import type { MilestoneOut } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';

const FIRST = 7;

/** What will be due, and when: also the answer to “why is there no alert yet”. */
export function ChartPlanned({ milestones }: { milestones: readonly MilestoneOut[] }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const [all, setAll] = useState(false);
  const { zone } = useSession();
  const opensOn = ({ opensAt }: MilestoneOut) => dateInZone(opensAt, zone);
  const planned = milestones.filter(({ state }) => state === 'planned').toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  return (
    <Section title={translate('patients.chart.planned')} subtitle={translate('patients.chart.plannedSub')} flush>
      {planned.length === 0 && <EmptyState icon={<EventNoteOutlined />} text={translate('patients.chart.plannedNone')} />}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {(all ? planned : planned.slice(0, FIRST)).map((milestone) => (
          <Box
            component="li"
            key={milestone.id}
            sx={{ display: 'flex', gap: 2, px: 2.5, py: 1.25, borderTop: 1, borderColor: 'divider', alignItems: 'baseline' }}
          >
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography variant="body2" sx={{ fontWeight: 550 }}>
                {translate(`clinical.planned.${milestone.ruleId}`, { _: word('rule', milestone.ruleId) })}
                {typeof milestone.facts['months'] === 'number' &&
                  ` (${translate('app.months', { smart_count: milestone.facts['months'] as number })})`}
              </Typography>
              <Typography variant="caption" color="text.secondary" component="div">
                {translate(`app.role.${milestone.ownerRole}`)}
                {opensOn(milestone) !== milestone.dueOn &&
                  ` · ${translate('patients.chart.opens', { date: format.date(opensOn(milestone), 'month') })}`}
                {milestone.missing.length > 0 && ` · ${milestone.missing.map((code) => word('missing', code)).join(', ')}`}
              </Typography>
            </Box>
            <Box sx={{ textAlign: 'right', whiteSpace: 'nowrap' }} className="tabular">
              <Typography variant="body2">{format.date(milestone.dueOn)}</Typography>
              <Typography variant="caption" color="text.secondary">
                {format.relative(milestone.dueOn)}
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
      {planned.length > FIRST && (
        <Box sx={{ p: 1, textAlign: 'center' }}>
          <Button size="small" onClick={() => setAll(!all)}>
            {all ? translate('patients.chart.showLess') : translate('patients.chart.showAll', { smart_count: planned.length })}
          </Button>
        </Box>
      )}
    </Section>
  );
}
