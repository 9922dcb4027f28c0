import { MonitorHeartOutlined } from '@mui/icons-material';
import {
  Box,
  Button,
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { COBALAMINS, recoveryTimeline } from '@vastus/clinical';
import { type Chart, ROUTES, type SymptomScore } from '@vastus/contract';
import { lazy, Suspense, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { RuleLink } from '../rules/RuleLink.js';
import { useSession } from '../session/useSession.js';
import { EmptyState } from '../ui/EmptyState.js';
import { Section } from '../ui/Section.js';
import { Sideways } from '../ui/Sideways.js';
import { StatusTag } from '../ui/StatusTag.js';
import { FactActions, STRUCK } from './FactActions.js';
import { ScoreDialog } from './ScoreDialog.js';
import { SCALES } from './scales.js';

const ScorePlot = lazy(() => import('./ScorePlot.js'));

/** Pain, sensation and strength over time, beside what is to be expected; and the scores behind the curve. */
export function ScoreSection({ chart }: { chart: Chart }) {
  const translate = useTranslate();
  const { may } = useSession();
  const [scoring, setScoring] = useState(false);
  const [view, setView] = useState<'trend' | 'table'>('trend');
  const { symptomScores: scores } = chart;
  const effective = scores.filter(({ state }) => state === 'effective');
  const record = may('symptom-score.record') && (
    <Button size="small" className="no-print" onClick={() => setScoring(true)}>
      {translate('followUp.scores.record')}
    </Button>
  );
  const shown = effective.length === 0 && scores.length > 0 ? 'table' : view;
  return (
    <Section
      title={translate('followUp.scores.title')}
      subtitle={scores.length > 0 && translate('followUp.scores.subtitle')}
      flush={scores.length > 0 && shown === 'table'}
      actions={
        scores.length > 0 && (
          <>
            {record}
            <ToggleButtonGroup
              size="small"
              exclusive
              value={shown}
              onChange={(_, next: 'trend' | 'table' | null) => next && setView(next)}
              aria-label={translate('followUp.scores.view')}
              className="no-print"
            >
              <ToggleButton value="trend">{translate('patients.chart.trend')}</ToggleButton>
              <ToggleButton value="table">{translate('patients.chart.table')}</ToggleButton>
            </ToggleButtonGroup>
          </>
        )
      }
    >
      {scores.length === 0 && <EmptyState icon={<MonitorHeartOutlined />} text={translate('followUp.scores.none')} action={record} />}
      {scores.length > 0 && shown === 'table' && <ScoreTable scores={scores} patientId={chart.patient.id} />}
      {effective.length > 0 && shown === 'trend' && <Trend chart={chart} scores={effective} />}
      {scoring && <ScoreDialog patientId={chart.patient.id} onClose={() => setScoring(false)} />}
    </Section>
  );
}

function Trend({ chart, scores }: { chart: Chart; scores: readonly SymptomScore[] }) {
  const translate = useTranslate();
  const format = useFormat();
  const course = chart.courses
    .filter(({ substance, firstDoseOn }) => COBALAMINS.includes(substance) && firstDoseOn !== null)
    .toSorted((a, b) => Number(a.endedOn !== null) - Number(b.endedOn !== null) || a.startedOn.localeCompare(b.startedOn))[0];
  const stages = course?.firstDoseOn ? recoveryTimeline(course.firstDoseOn) : [];
  return (
    <>
      <Suspense fallback={<Skeleton variant="rounded" height={250} />}>
        <ScorePlot scores={scores} stages={stages} />
      </Suspense>
      {course?.firstDoseOn ? (
        <Box sx={{ mt: 1.5 }}>
          <Typography variant="subtitle2">
            {translate('followUp.scores.expected', { date: format.date(course.firstDoseOn) })} <RuleLink ruleId="MON-TIMELINE" />
          </Typography>
          <Box
            component="ol"
            sx={{
              listStyle: 'none',
              m: 0,
              mt: 0.5,
              p: 0,
              display: 'grid',
              gap: 1,
              gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, 1fr)' },
            }}
          >
            {stages.map(({ stage, fromOn, untilOn }) => (
              <Box component="li" key={stage} sx={({ palette }) => ({ borderLeft: `4px solid ${palette.tone.info.line}`, pl: 1 })}>
                <Typography variant="body2">{translate(`followUp.scores.stage.${stage}`)}</Typography>
                <Typography variant="caption" color="text.secondary" className="tabular">
                  {translate('followUp.scores.range', { from: format.date(fromOn), until: format.date(untilOn) })}
                </Typography>
              </Box>
            ))}
          </Box>
        </Box>
      ) : (
        <Typography variant="caption" color="text.secondary">
          {translate('followUp.scores.noFirstDose')}
        </Typography>
      )}
    </>
  );
}

function ScoreTable({ scores, patientId }: { scores: readonly SymptomScore[]; patientId: string }) {
  const translate = useTranslate();
  const format = useFormat();
  const { may } = useSession();
  const [amending, setAmending] = useState<SymptomScore | null>(null);
  return (
    <Sideways label={translate('followUp.scores.title')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{translate('followUp.scores.at')}</TableCell>
            {SCALES.map((scale) => (
              <TableCell key={scale} align="right">
                {translate(`followUp.scores.${scale}`)}
              </TableCell>
            ))}
            <TableCell>
              <span style={visuallyHidden}>{translate('patients.chart.actions')}</span>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {scores.toReversed().map((score) => (
            <TableRow key={score.id} sx={score.state === 'effective' ? undefined : STRUCK}>
              <TableCell className="tabular">
                <span className="told">{format.instant(score.scoredAt)}</span>
                <Typography variant="caption" color="text.secondary" component="div">
                  {score.source === 'injection' ? translate('followUp.scores.source') : score.recordedByName}
                  {score.note && ` · ${score.note}`}
                </Typography>
                {score.state === 'voided' && <StatusTag tone="neutral">{translate('patients.chart.voided')}</StatusTag>}
                {score.state === 'superseded' && <StatusTag tone="neutral">{translate('patients.chart.superseded')}</StatusTag>}
              </TableCell>
              {SCALES.map((scale) => (
                <TableCell key={scale} align="right" className="tabular">
                  <span className="told">{score[scale] ?? '–'}</span>
                </TableCell>
              ))}
              <TableCell align="right">
                {score.state === 'effective' && score.source === 'scored' && may('symptom-score.record') && (
                  <FactActions
                    about={format.instant(score.scoredAt)}
                    onAmend={() => setAmending(score)}
                    voidRoute={ROUTES.voidSymptomScore}
                    params={{ scoreId: score.id }}
                  />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {amending && <ScoreDialog patientId={patientId} amends={amending} onClose={() => setAmending(null)} />}
    </Sideways>
  );
}
