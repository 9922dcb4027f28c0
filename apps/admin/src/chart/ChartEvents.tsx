import { Box, Button, Stack, Typography } from '@mui/material';
import type { Chart } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { ClockBar } from '../adverse-events/ClockBar.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';

const LEVEL_TONES: Readonly<Record<string, Tone>> = {
  emergency: 'critical',
  urgent: 'danger',
  'suspected-injury': 'warning',
  benign: 'success',
};

/** Adverse events with their follow-up on a line. Nothing where there was none. */
export function ChartEvents({ chart }: { chart: Chart }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { now } = useSession();
  if (chart.events.length === 0) return null;
  return (
    <Section title={translate('patients.chart.events')}>
      <Stack sx={{ gap: 3 }}>
        {chart.events.map((event) => {
          const steps =
            event.clock.length > 0
              ? event.clock
              : chart.milestones.filter(({ subjectType, subjectId }) => subjectType === 'adverse-event' && subjectId === event.id);
          const nerves = event.triage.suspectedNerves.map((nerve) => word('nerve', nerve)).join(', ');
          return (
            <Box key={event.id}>
              <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap', mb: 1 }}>
                <StatusTag tone={event.state === 'effective' ? (LEVEL_TONES[event.triage.level] ?? 'neutral') : 'neutral'}>
                  {word('level', event.triage.level)}
                </StatusTag>
                <Typography variant="body2" sx={{ flex: 1, minWidth: 200 }}>
                  <strong>{translate('patients.clock.onset', { date: format.instant(event.onsetAt) })}</strong>
                  {[
                    event.site && word('site', event.site),
                    word('severityLevel', event.triage.severity),
                    nerves,
                    word('eventOutcome', event.outcome),
                  ]
                    .filter(Boolean)
                    .map((part) => ` · ${part}`)}
                </Typography>
                {event.state !== 'effective' && <StatusTag tone="neutral">{translate('patients.chart.voided')}</StatusTag>}
                <Button component={Link} to={`/adverse-events/${event.id}/show`} size="small" variant="outlined">
                  {translate('patients.clock.open')}
                </Button>
              </Stack>
              {event.state === 'effective' && steps.length > 0 && (
                <ClockBar onsetAt={event.onsetAt} resolvedAt={event.resolvedAt} clock={steps} now={now} />
              )}
            </Box>
          );
        })}
      </Stack>
    </Section>
  );
}
