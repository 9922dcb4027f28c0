import { BlockOutlined, DoNotDisturbOnOutlined, PanToolOutlined, WarningAmberOutlined } from '@mui/icons-material';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import type { Chart, RouteDecision, SiteRestriction } from '@vastus/contract';
import { type ReactNode, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { SelfInjectionBadge } from '../self-injection/SelfInjectionBadge.js';
import { useSession } from '../session/useSession.js';
import { HoldTag } from '../ui/HoldTag.js';
import { nameOf } from '../ui/PatientLine.js';
import { StatusTag } from '../ui/StatusTag.js';
import { LiftRestrictionDialog } from './LiftRestrictionDialog.js';
import { RouteDecisionDialog } from './RouteDecisionDialog.js';

/** HOLD-DECIDE: what a physician decided last. A hold that began after it waits for a new decision. */
function decisionInForce({ hold, routeDecisions }: Chart): RouteDecision | undefined {
  const latest = routeDecisions.toSorted((a, b) => b.decidedAt.localeCompare(a.decidedAt))[0];
  return latest && (!hold || latest.decidedAt >= hold.since) ? latest : undefined;
}

/** Who this is, always in view: two identifiers, and what makes an injection dangerous here. */
export function PatientBanner({ chart, actions }: { chart: Chart; actions: ReactNode }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { today } = useSession();
  const { patient, hold } = chart;
  const inForce = chart.restrictions.filter(({ until }) => until === null || until >= today);
  const decision = decisionInForce(chart)?.decision;
  const closed = new Set(inForce.flatMap(({ sites }) => sites)).size;
  return (
    <Box
      component="section"
      aria-label={translate('patients.banner.identity')}
      sx={({ zIndex }) => ({
        position: { sm: 'sticky' },
        top: 60,
        zIndex: zIndex.appBar - 2,
        mx: { xs: -2, sm: -3, xl: -4 },
        mt: '-28px',
        mb: 3,
        px: { xs: 2, sm: 3, xl: 4 },
        py: 1.5,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      })}
    >
      <Stack direction="row" sx={{ alignItems: 'center', gap: 2, flexWrap: 'wrap' }}>
        <Box sx={{ flex: '1 1 340px', minWidth: 0 }}>
          <Stack direction="row" sx={{ alignItems: 'baseline', columnGap: 1.5, flexWrap: 'wrap' }}>
            <Typography variant="h1">
              <bdi>{nameOf(patient)}</bdi>
            </Typography>
            <Typography className="tabular" color="text.secondary" sx={{ fontWeight: 550 }}>
              {format.date(patient.birthDate)} ({format.age(patient.birthDate, patient.deceasedOn)}) · {word('sex', patient.sex)} ·{' '}
              {translate('app.recordNumber', { number: patient.recordNumber })}
            </Typography>
          </Stack>
          <Stack direction="row" sx={{ gap: 0.75, flexWrap: 'wrap', mt: 0.75 }}>
            {hold && <HoldTag hold={decision && decision !== 'continue-im' ? decision : 'undecided'} />}
            {closed > 0 && (
              <StatusTag tone="warning" icon={<BlockOutlined />}>
                {translate('patients.banner.closedSites', { smart_count: closed })}
              </StatusTag>
            )}
            {patient.allergies.length > 0 ? (
              <StatusTag tone="danger" icon={<WarningAmberOutlined />}>
                {translate('patients.banner.allergies')}: {patient.allergies.map((allergen) => word('allergen', allergen)).join(', ')}
                {patient.allergyNote && ` (${patient.allergyNote})`}
              </StatusTag>
            ) : (
              <StatusTag tone="neutral">
                {patient.allergyNote
                  ? `${translate('patients.banner.allergies')}: ${patient.allergyNote}`
                  : translate('patients.banner.noAllergies')}
              </StatusTag>
            )}
            {patient.renalDysfunction === true && <StatusTag tone="warning">{translate('patients.banner.renal')}</StatusTag>}
            {patient.renalDysfunction === null && <StatusTag tone="neutral">{translate('patients.banner.renalUnknown')}</StatusTag>}
            {patient.anticoagulated === true && <StatusTag tone="warning">{translate('patients.banner.anticoagulated')}</StatusTag>}
            <SelfInjectionBadge chart={chart} />
            {patient.interpreterLanguage && (
              <StatusTag tone="info">{translate('patients.banner.interpreter', { language: patient.interpreterLanguage })}</StatusTag>
            )}
          </Stack>
        </Box>
        {actions}
      </Stack>
    </Box>
  );
}

/** What stops or narrows injections, in full sentences, with the way out for those who may take it. */
export function StopBanners({ chart }: { chart: Chart }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { may, today } = useSession();
  const [deciding, setDeciding] = useState(false);
  const [lifting, setLifting] = useState<SiteRestriction | null>(null);
  const { patient, hold } = chart;
  const decision = decisionInForce(chart);
  const restrictions = chart.restrictions.filter(({ until }) => until === null || until >= today);
  if (!hold && !patient.deceasedOn && restrictions.length === 0 && !decision) return null;
  return (
    <Stack sx={{ gap: 1.5, mb: 3 }}>
      {patient.deceasedOn && (
        <Alert severity="info" icon={<DoNotDisturbOnOutlined />}>
          {translate('patients.banner.deceased', { date: format.date(patient.deceasedOn) })}
        </Alert>
      )}
      {hold && (
        <Alert
          severity="error"
          icon={<PanToolOutlined />}
          action={
            may('route.decide') && (
              <Button
                color="inherit"
                variant="outlined"
                size="small"
                sx={{ bgcolor: 'transparent', borderColor: 'currentcolor' }}
                onClick={() => setDeciding(true)}
              >
                {translate('patients.banner.decide')}
              </Button>
            )
          }
        >
          <strong>{translate('patients.banner.hold', { date: format.instant(hold.since) })}</strong>
          {decision ? <Decision decision={decision} /> : <Box>{translate('patients.banner.holdText')}</Box>}
        </Alert>
      )}
      {!hold && decision && (
        <Alert severity="info">
          <Decision decision={decision} />
        </Alert>
      )}
      {restrictions.length > 0 && (
        <Alert severity="warning" icon={<BlockOutlined />}>
          <strong>{translate('patients.banner.restricted')}</strong>
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {restrictions.map((restriction) => (
              <li key={restriction.id}>
                {translate('patients.banner.restrictedFrom', {
                  sites: restriction.sites.map((site) => word('site', site)).join(', '),
                  reason: word('restrictionReason', restriction.reason),
                  date: format.date(restriction.since),
                })}{' '}
                {restriction.until
                  ? translate('patients.banner.until', { date: format.date(restriction.until) })
                  : translate('patients.banner.forGood')}
                {restriction.causeEventId === null && may('site-restriction.lift') && (
                  <Button
                    size="small"
                    color="inherit"
                    onClick={() => setLifting(restriction)}
                    sx={{ ml: 1, minHeight: 24, py: 0, textDecoration: 'underline' }}
                  >
                    {translate('patients.banner.lift')}
                  </Button>
                )}
              </li>
            ))}
          </Box>
        </Alert>
      )}
      {deciding && <RouteDecisionDialog patientId={patient.id} who={nameOf(patient)} onClose={() => setDeciding(false)} />}
      {lifting && <LiftRestrictionDialog restriction={lifting} onClose={() => setLifting(null)} />}
    </Stack>
  );
}

function Decision({ decision }: { decision: RouteDecision }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  return (
    <Box>
      {translate('patients.banner.decided', {
        decision: word('routeDecision', decision.decision),
        name: decision.decidedByName,
        date: format.instant(decision.decidedAt),
      })}
      : {decision.reason}
    </Box>
  );
}
