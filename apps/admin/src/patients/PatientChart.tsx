import { Box, LinearProgress, Stack } from '@mui/material';
import { ROUTES } from '@vastus/contract';
import { useEffect } from 'react';
import { useTranslate } from 'react-admin';
import { useLocation, useParams } from 'react-router-dom';
import { useAnswer } from '../api/queries.js';
import { ChartActions } from '../chart/ChartActions.js';
import { ChartAlerts } from '../chart/ChartAlerts.js';
import { ChartCourses } from '../chart/ChartCourses.js';
import { ChartEvents } from '../chart/ChartEvents.js';
import { ChartInjections } from '../chart/ChartInjections.js';
import { ChartPlanned } from '../chart/ChartPlanned.js';
import { ChartResults } from '../chart/ChartResults.js';
import { ChartSites } from '../chart/ChartSites.js';
import { ChartTimeline } from '../chart/ChartTimeline.js';
import { PatientBanner, StopBanners } from '../chart/PatientBanner.js';
import { RecordCard } from '../chart/RecordCard.js';
import { PainSection } from '../follow-up/PainSection.js';
import { RiskGroups } from '../follow-up/RiskGroups.js';
import { RuleOutSection } from '../follow-up/RuleOutSection.js';
import { ScoreSection } from '../follow-up/ScoreSection.js';
import { useFacts } from '../injections/useRules.js';
import { Page } from '../ui/Page.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { WhyNotButton } from '../why-not/WhyNotButton.js';
import { FolicAcidBanner } from './FolicAcidOverrides.js';

/** Everything about one patient on one page, from one answer. */
export default function PatientChart() {
  const translate = useTranslate();
  const { id: patientId = '' } = useParams();
  const { data: chart, error, refetch } = useAnswer(ROUTES.readChart, { params: { patientId } });
  const { known } = useFacts(patientId);

  // The name of a patient does not belong into the browser's history.
  const title = `${translate('patients.chartTitle')} · ${translate('app.name')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);

  // Whoever came for one part of the chart, from an alert, is taken there once it is drawn.
  const part = useLocation().hash.slice(1);
  const drawn = chart !== undefined;
  useEffect(() => {
    if (drawn && part) document.getElementById(part)?.scrollIntoView({ block: 'start' });
  }, [drawn, part]);

  if (error && !chart) {
    return (
      <Page title={translate('patients.chartTitle')}>
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!chart) return <LinearProgress aria-label={translate('app.problem.loading')} />;
  return (
    <Box>
      <RecordCard chart={chart} known={known} />
      <PatientBanner chart={chart} actions={<ChartActions chart={chart} />} />
      <Box sx={{ maxWidth: 1440, mx: 'auto' }}>
        <StopBanners chart={chart} />
        <FolicAcidBanner patient={chart.patient} known={known} />
        <Box
          sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 340px' }, alignItems: 'start' }}
        >
          <Stack sx={{ gap: 3, minWidth: 0 }}>
            <ChartAlerts alerts={chart.alerts} phone={chart.patient.phone} actions={<WhyNotButton chart={chart} />} />
            <ChartCourses chart={chart} known={known} />
            <ChartEvents chart={chart} />
            <ScoreSection chart={chart} />
            <ChartInjections injections={chart.injections} />
            <ChartSites known={known} />
            <ChartResults results={chart.labResults} injections={chart.injections} milestones={chart.milestones} known={known} />
            <ChartTimeline patientId={chart.patient.id} />
          </Stack>
          <Stack sx={{ gap: 3, minWidth: 0 }}>
            <ChartPlanned milestones={chart.milestones} />
            <RuleOutSection chart={chart} known={known} />
            <PainSection chart={chart} />
            <RiskGroups known={known} />
          </Stack>
        </Box>
      </Box>
    </Box>
  );
}
