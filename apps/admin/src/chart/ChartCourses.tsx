import { VaccinesOutlined } from '@mui/icons-material';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { loadingEndsByStatement, permanentDamageRisk } from '@vastus/clinical';
import type { Chart, Course, CourseProposal } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { DeclineProposalDialog, EndCourseDialog, EndLoadingDialog } from '../courses/CourseDialogs.js';
import { CoursePicture } from '../follow-up/CoursePicture.js';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { KnownFacts } from '../injections/useRules.js';
import { RuleLink } from '../rules/RuleLink.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';

const PHASE_TONES: Readonly<Record<Course['phase'], Tone>> = {
  loading: 'info',
  maintenance: 'success',
  'on-hold': 'danger',
  ended: 'neutral',
};
type Opened = { what: 'end-loading' | 'end'; course: Course } | { what: 'decline'; proposal: CourseProposal } | null;

/** What is given and when the next dose is due; orders of other systems wait above. */
export function ChartCourses({ chart, known }: { chart: Chart; known: KnownFacts | null }) {
  const translate = useTranslate();
  const { may } = useSession();
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  const proposals = chart.proposals.filter(({ state }) => state === 'proposed');
  const courses = chart.courses.toSorted(
    (a, b) => Number(a.phase === 'ended') - Number(b.phase === 'ended') || b.startedOn.localeCompare(a.startedOn),
  );
  const start = may('course.start') && (
    <Button component={Link} to={`/start-course?patient=${chart.patient.id}`}>
      {translate('patients.chart.course')}
    </Button>
  );
  return (
    <Section id="courses" title={translate('patients.chart.courses')} actions={courses.length > 0 && start}>
      <Stack sx={{ gap: 2 }}>
        {proposals.map((proposal) => (
          <Proposal key={proposal.id} proposal={proposal} onDecline={() => setOpened({ what: 'decline', proposal })} />
        ))}
        {courses.length === 0 && <EmptyState icon={<VaccinesOutlined />} text={translate('patients.chart.coursesNone')} action={start} />}
        {courses.map((course) => (
          <CourseCard
            key={course.id}
            course={course}
            known={known}
            onEndLoading={() => setOpened({ what: 'end-loading', course })}
            onEnd={() => setOpened({ what: 'end', course })}
          />
        ))}
      </Stack>
      {opened?.what === 'end-loading' && <EndLoadingDialog course={opened.course} onClose={close} />}
      {opened?.what === 'end' && <EndCourseDialog course={opened.course} onClose={close} />}
      {opened?.what === 'decline' && <DeclineProposalDialog proposal={opened.proposal} onClose={close} />}
    </Section>
  );
}

function Proposal({ proposal, onDecline }: { proposal: CourseProposal; onDecline: () => void }) {
  const translate = useTranslate();
  const format = useFormat();
  const { may } = useSession();
  return (
    <Alert
      severity="info"
      icon={false}
      action={
        may('course.start') && (
          <Stack direction="row" sx={{ gap: 1, alignItems: 'center' }}>
            <Button size="small" color="inherit" onClick={onDecline}>
              {translate('courses.decline')}
            </Button>
            <Button
              size="small"
              variant="contained"
              component={Link}
              to={`/start-course?patient=${proposal.patient.id}&proposal=${proposal.id}`}
            >
              {translate('courses.acceptAction')}
            </Button>
          </Stack>
        )
      }
    >
      {translate('courses.order', { display: proposal.display, source: proposal.source, date: format.date(proposal.authoredOn) })}
    </Alert>
  );
}

function CourseCard({
  course,
  known,
  onEndLoading,
  onEnd,
}: {
  course: Course;
  known: KnownFacts | null;
  onEndLoading: () => void;
  onEnd: () => void;
}) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const { may } = useSession();
  const running = course.endedOn === null;
  // HOLD-IM: the date stays, so that it is seen what waits; nobody is early or late for it.
  const held = course.phase === 'on-hold';
  const atRisk = known !== null && permanentDamageRisk(course, known.protocol) === true;
  const facts: [string, string][] = [
    [translate('courses.field.regimen'), word('regimen', course.regimen)],
    [translate('courses.maintenance'), translate('courses.months', { smart_count: course.maintenanceMonths })],
    [translate('courses.field.cause'), word('cause', course.cause)],
    [translate('courses.monitoring'), word('plan', course.monitoringPlan)],
  ];
  return (
    <Box
      sx={({ palette }) => ({
        border: 1,
        borderColor: 'divider',
        borderRadius: 2,
        p: 2,
        bgcolor: running ? 'background.paper' : palette.surface.sunken,
      })}
    >
      <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 2, flexWrap: 'wrap' }}>
        <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
          <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
            <Typography variant="h3">
              {course.productName}, {format.dose(course.doseMicrograms)}
            </Typography>
            <StatusTag tone={PHASE_TONES[course.phase]}>{word('phase', course.phase)}</StatusTag>
            {course.neurologicalInvolvement && <StatusTag tone="warning">{translate('courses.neuro')}</StatusTag>}
          </Stack>
          <Typography variant="caption" color="text.secondary" component="div" sx={{ mt: 0.5 }}>
            {course.endedOn
              ? translate('courses.ended', {
                  date: format.date(course.endedOn),
                  reason: course.endReason ? word('endReason', course.endReason) : '–',
                })
              : translate('courses.since', { date: format.date(course.startedOn) })}{' '}
            · {translate('courses.doses', { smart_count: course.dosesGiven })}
            {course.lastDoseOn && ` · ${translate('courses.lastDose', { date: format.date(course.lastDoseOn) })}`}
          </Typography>
        </Box>
        {running && (
          <Box sx={{ textAlign: { sm: 'right' } }}>
            <Typography variant="caption" color="text.secondary">
              {translate(held ? 'courses.nextHeld' : 'courses.next')}
            </Typography>
            <Typography className="tabular" sx={{ fontWeight: 650, fontSize: '1.0625rem', lineHeight: 1.3 }}>
              {course.nextDueOn ? format.date(course.nextDueOn) : translate('courses.noNext')}
            </Typography>
            {course.nextDueOn && (
              <Typography variant="caption" color="text.secondary" className="tabular">
                {format.relative(course.nextDueOn)}
                {!held &&
                  course.nextEarliestOn &&
                  course.nextEarliestOn !== course.nextDueOn &&
                  ` · ${translate('courses.from', { date: format.date(course.nextEarliestOn, 'month') })}`}
                {!held && course.nextLateOn && ` · ${translate('courses.late', { date: format.date(course.nextLateOn, 'month') })}`}
              </Typography>
            )}
          </Box>
        )}
      </Stack>
      {atRisk && (
        <Alert severity="warning" sx={{ mt: 1.5, py: 0 }}>
          {translate('patients.banner.nerveRisk', { smart_count: known?.protocol.permanentDamageRiskMonths })} <RuleLink ruleId="DX-3MO" />
        </Alert>
      )}
      <Box
        component="dl"
        sx={{
          m: 0,
          mt: 1.5,
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' },
          columnGap: 3,
          rowGap: 1,
          '& dt': { color: 'text.secondary', fontSize: '0.8125rem' },
          '& dd': { m: 0, fontSize: '0.875rem' },
        }}
      >
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </Box>
      <CoursePicture course={course} known={known} />
      {running && (may('course.change') || may('course.end')) && (
        <Stack direction="row" className="no-print" sx={{ gap: 1, mt: 2, flexWrap: 'wrap' }}>
          {may('course.change') && course.loadingEndedOn === null && loadingEndsByStatement(course.regimen) && (
            <Button size="small" variant="outlined" onClick={onEndLoading}>
              {translate('courses.endLoading')}
            </Button>
          )}
          {may('course.end') && (
            <Button size="small" color="inherit" onClick={onEnd}>
              {translate('courses.end')}
            </Button>
          )}
        </Stack>
      )}
    </Box>
  );
}
