import { MedicationOutlined } from '@mui/icons-material';
import { Box, Button, Stack, Typography } from '@mui/material';
import { type Chart, type PainPlan, ROUTES } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';
import { FactActions, STRUCK } from './FactActions.js';
import { PainDialog } from './PainDialog.js';
import { PainRemarks } from './PainRemarks.js';

/** Symptomatic treatment with its dose, and how that stands beside the ranges of the sources (PAIN-PLAN). */
export function PainSection({ chart }: { chart: Chart }) {
  const translate = useTranslate();
  const { may, today } = useSession();
  const [opened, setOpened] = useState<PainPlan | 'new' | null>(null);
  const [withEarlier, setWithEarlier] = useState(false);
  const isRunning = ({ state, until }: PainPlan) => state === 'effective' && (until === null || until >= today);
  const running = chart.painPlans.filter(isRunning).toReversed();
  const earlier = chart.painPlans.filter((plan) => !isRunning(plan)).toReversed();
  const add = may('pain-plan.record') && (
    <Button size="small" className="no-print" onClick={() => setOpened('new')}>
      {translate('followUp.pain.record')}
    </Button>
  );
  return (
    <Section
      title={translate('followUp.pain.title')}
      subtitle={translate('followUp.pain.subtitle')}
      actions={running.length > 0 && add}
      flush
    >
      {running.length === 0 && <EmptyState icon={<MedicationOutlined />} text={translate('followUp.pain.none')} action={add} />}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {[...running, ...(withEarlier ? earlier : [])].map((plan) => (
          <PlanRow key={plan.id} plan={plan} onAmend={may('pain-plan.record') ? () => setOpened(plan) : undefined} />
        ))}
      </Box>
      {earlier.length > 0 && !withEarlier && (
        <Box sx={{ p: 1, textAlign: 'center' }}>
          <Button size="small" onClick={() => setWithEarlier(true)}>
            {translate('followUp.pain.earlier', { smart_count: earlier.length })}
          </Button>
        </Box>
      )}
      {opened && <PainDialog patientId={chart.patient.id} amends={opened === 'new' ? undefined : opened} onClose={() => setOpened(null)} />}
    </Section>
  );
}

function PlanRow({ plan, onAmend }: { plan: PainPlan; onAmend?: () => void }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const stands = plan.state === 'effective';
  const dose =
    plan.dose === null
      ? translate('followUp.pain.noDose')
      : `${format.number(plan.dose, 3)} ${translate(`followUp.pain.unit.${plan.unit}`)}`;
  return (
    <Box component="li" sx={{ px: 2.5, py: 1.25, borderTop: 1, borderColor: 'divider', ...(stands ? undefined : STRUCK) }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}>
        <Box sx={{ flex: '1 1 180px', minWidth: 0 }}>
          <Typography variant="body2" sx={{ fontWeight: 620 }} className="told">
            {word('care', plan.drug)}, {dose}
          </Typography>
          <Typography variant="caption" color="text.secondary" component="div" className="tabular">
            {plan.until
              ? translate('followUp.pain.over', { from: format.date(plan.since), until: format.date(plan.until) })
              : translate('followUp.pain.running', { date: format.date(plan.since) })}{' '}
            · {plan.recordedByName}
            {plan.note && ` · ${plan.note}`}
          </Typography>
          {plan.state === 'voided' && <StatusTag tone="neutral">{translate('patients.chart.voided')}</StatusTag>}
          {plan.state === 'superseded' && <StatusTag tone="neutral">{translate('patients.chart.superseded')}</StatusTag>}
        </Box>
        {stands && onAmend && (
          <FactActions
            about={word('care', plan.drug)}
            amendLabel={translate('followUp.pain.change')}
            onAmend={onAmend}
            voidRoute={ROUTES.voidPainPlan}
            params={{ painPlanId: plan.id }}
          />
        )}
      </Stack>
      {stands && <PainRemarks remarks={plan.remarks} />}
    </Box>
  );
}
