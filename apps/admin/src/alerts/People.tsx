import { PhoneOutlined } from '@mui/icons-material';
import { Box, Button, Stack } from '@mui/material';
import type { AlertRow } from '@vastus/contract';
import { useState } from 'react';
import { useStore, useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { HoldTag } from '../ui/HoldTag.js';
import { nameOf, PatientLine } from '../ui/PatientLine.js';
import { StatusTag } from '../ui/StatusTag.js';
import { AlertItem } from './AlertCard.js';
import { BulkBar } from './BulkBar.js';
import { KeyHelp, KeyLine } from './KeyHelp.js';
import type { SteadyPerson } from './steady.js';
import { useAlertActions } from './useAlertActions.js';
import { useBulk } from './useBulk.js';
import { useQueueKeys } from './useQueueKeys.js';

/** One person is one card, where their worst alert stands. */
export function People({ people }: { people: readonly SteadyPerson[] }) {
  const navigate = useNavigate();
  const [why, setWhy] = useState<ReadonlySet<string>>(new Set());
  const [listening, setListening] = useStore('alerts.keys', true);
  const [helping, setHelping] = useState(false);
  /** What this person ended here: it goes out of sight, where what somebody else ended stays as a trace. */
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const toggleWhy = (alertId: string) =>
    setWhy((before) => {
      const after = new Set(before);
      if (!after.delete(alertId)) after.add(alertId);
      return after;
    });
  const cards = people
    .map((person) => ({ ...person, alerts: person.alerts.filter(({ alert, gone }) => !(gone && ended.has(alert.id))) }))
    .filter(({ alerts }) => alerts.length > 0);
  const inOrder = cards.flatMap((person) => person.alerts.filter(({ gone }) => !gone).map(({ alert }) => alert));
  const { act, work, undoLast, busy, asking, dialogs } = useAlertActions((alertId) => {
    setEnded((before) => new Set(before).add(alertId));
    keys.moveOn(alertId);
  });
  const bulk = useBulk(inOrder);
  const keys = useQueueKeys(inOrder, {
    enabled: listening && !asking && !helping,
    onAct: act,
    onWhy: (alert) => toggleWhy(alert.id),
    onOpen: (alert) => void navigate(`/patients/${alert.patient.id}/show`),
    onChoose: bulk.toggle,
    onUndo: undoLast,
    onHelp: () => setHelping(true),
  });
  if (people.length === 0) return <>{dialogs}</>;
  return (
    <>
      <Stack direction="row" sx={{ gap: 2, px: 2, py: 1, flexWrap: 'wrap', alignItems: 'center', borderTop: 1, borderColor: 'divider' }}>
        <KeyLine listening={listening} onListening={setListening} />
      </Stack>
      <BulkBar bulk={bulk} alerts={people.flatMap((person) => person.alerts.map(({ alert }) => alert))} />
      {cards.map((person) => (
        <Box
          component="section"
          key={person.patient.id}
          aria-label={nameOf(person.patient)}
          sx={{ borderTop: 4, borderColor: 'background.default' }}
        >
          <PersonLine person={person} />
          {person.alerts.map(({ alert, gone }) => (
            <AlertItem
              key={alert.id}
              alert={alert}
              gone={gone}
              heading="h2"
              busy={busy === alert.id || (bulk.busy && bulk.has(alert.id))}
              chosen={bulk.has(alert.id)}
              onChoose={(wanted) => bulk.choose(alert.id, wanted)}
              onAct={act}
              onWork={work}
              phone={person.phone}
              why={why.has(alert.id)}
              onWhy={() => toggleWhy(alert.id)}
              itemRef={keys.refFor(alert.id)}
              tabIndex={alert.id === keys.current ? 0 : -1}
              onFocus={() => keys.setCurrent(alert.id)}
            />
          ))}
        </Box>
      ))}
      {helping && <KeyHelp listening={listening} onListening={setListening} onClose={() => setHelping(false)} />}
      {dialogs}
    </>
  );
}

function PersonLine({ person }: { person: SteadyPerson }) {
  const translate = useTranslate();
  const { patient, phone, imHold, others, alerts } = person;
  return (
    <Stack direction="row" sx={{ px: 2, py: 1.25, gap: 1.5, alignItems: 'center', bgcolor: 'surface.sunken', flexWrap: 'wrap' }}>
      <Box sx={{ flex: 1, minWidth: 220 }}>
        <PatientLine patient={patient} />
      </Box>
      <HoldTag hold={imHold} />
      {alerts.length > 1 && <StatusTag tone="neutral">{translate('alerts.several', { smart_count: alerts.length })}</StatusTag>}
      {phone && (
        <Button size="small" color="inherit" component="a" href={`tel:${phone.replace(/[^+\d]/g, '')}`} startIcon={<PhoneOutlined />}>
          <span className="tabular">{phone}</span>
        </Button>
      )}
      <Button
        size="small"
        component={Link}
        to={`/patients/${patient.id}/show`}
        aria-label={`${translate('injections.form.openChart')}: ${nameOf(patient)}`}
      >
        {others > 0 ? translate('alerts.others', { smart_count: others }) : translate('injections.form.openChart')}
      </Button>
    </Stack>
  );
}

/** What has ended, one by one: there nobody is worked through any more. */
export function Ended({ alerts }: { alerts: readonly AlertRow[] }) {
  const { act, work, busy, dialogs } = useAlertActions();
  return (
    <>
      {alerts.map((alert) => (
        <AlertItem key={alert.id} alert={alert} showPatient heading="h2" busy={busy === alert.id} onAct={act} onWork={work} />
      ))}
      {dialogs}
    </>
  );
}
