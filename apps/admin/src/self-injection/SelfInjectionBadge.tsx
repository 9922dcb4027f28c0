import { Box } from '@mui/material';
import type { Chart } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useFormat } from '../format.js';
import { StatusTag } from '../ui/StatusTag.js';

/** In the banner of the chart: who injects at home, and whose approval is suspended. Nothing for everybody else. */
export function SelfInjectionBadge({ chart }: { chart: Chart }) {
  const translate = useTranslate();
  const format = useFormat();
  const programme =
    chart.selfInjection.find(({ state }) => state === 'suspended') ?? chart.selfInjection.find(({ state }) => state === 'approved');
  if (!programme || programme.state === 'none' || programme.state === 'ended') return null;
  return (
    <Box
      component={Link}
      to={`/patients/${chart.patient.id}/self-injection?course=${programme.courseId}`}
      sx={{ textDecoration: 'none', borderRadius: 1.5 }}
    >
      <StatusTag tone={programme.state === 'approved' ? 'success' : 'danger'}>
        {translate(`selfInjection.badge.${programme.state}`, { date: format.date(programme.trainingValidUntil) })}
      </StatusTag>
    </Box>
  );
}
