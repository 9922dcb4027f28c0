import { Alert, AlertTitle, Box, Button, Stack, Typography } from '@mui/material';
import type { Instant } from '@vastus/clinical';
import { type Answer, ROUTES } from '@vastus/contract';
import { useEffect, useRef } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useWords } from '../i18n/useWords.js';
import { phrasesOf } from '../ui/ChangesNotice.js';
import { PatientLine } from '../ui/PatientLine.js';
import { Section } from '../ui/Section.js';
import { ClockBar, ClockList } from './ClockBar.js';

interface RecordedEventProps {
  recorded: Answer<typeof ROUTES.recordAdverseEvent>;
  now: Instant;
  onOther: () => void;
}

/** What recording the event did: hold, restricted limb, alerts, and the clock that now runs. */
export function RecordedEvent({ recorded: { event, changes }, now, onOther }: RecordedEventProps) {
  const translate = useTranslate();
  const words = useWords();
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const t = (key: string, options?: Record<string, unknown>) => translate(`adverseEvents.recorded.${key}`, options);
  const serious = event.triage.level === 'emergency' || event.triage.level === 'urgent';
  return (
    <Stack sx={{ gap: 2.5, maxWidth: 960 }}>
      <Alert
        severity={serious ? 'error' : event.triage.level === 'benign' ? 'success' : 'warning'}
        ref={heading}
        tabIndex={-1}
        role="status"
      >
        <AlertTitle>{t('title', { level: words.word('level', event.triage.level) })}</AlertTitle>
        <PatientLine patient={event.patient} />
        <Box component="ul" sx={{ m: 0, mt: 1, pl: 2.5 }}>
          {phrasesOf({ ...changes, sitesRestricted: [] }, translate).map((phrase) => (
            <li key={phrase}>{phrase}</li>
          ))}
          {changes.sitesRestricted.length > 0 && (
            <li>
              {translate('adverseEvents.triage.limb', {
                sites: changes.sitesRestricted.map((site) => words.word('site', site)).join(', '),
              })}
            </li>
          )}
        </Box>
      </Alert>
      {event.clock.length > 0 && (
        <Section title={translate('adverseEvents.clock.title')}>
          <ClockBar onsetAt={event.onsetAt} clock={event.clock} now={now} />
          <ClockList clock={event.clock} now={now} />
        </Section>
      )}
      {event.triage.missing.length > 0 && (
        <Typography variant="body2" color="text.secondary">
          {translate('adverseEvents.triage.missing')}{' '}
          {event.triage.missing.map((question) => words.word('assessment', question)).join(', ')}
        </Typography>
      )}
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        <Button variant="contained" component={Link} to={`/adverse-events/${event.id}/show`}>
          {t('open')}
        </Button>
        <Button component={Link} to={`/patients/${event.patient.id}/show`}>
          {translate('injections.form.openChart')}
        </Button>
        <Button onClick={onOther}>{translate('injections.form.otherPatient')}</Button>
      </Stack>
    </Stack>
  );
}
