import { HistoryOutlined } from '@mui/icons-material';
import { Box, Button, LinearProgress, Link as MuiLink, Typography } from '@mui/material';
import { dateInZone } from '@vastus/clinical';
import { ROUTES, TIMELINE_KINDS, type TimelineEntry, type TimelineKind } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { useRows } from '../api/queries.js';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FilterSelect } from '../ui/FilterSelect.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { Section } from '../ui/Section.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useTimelineWords } from './timelineWords.js';

const TONES: Readonly<Partial<Record<TimelineKind, Tone>>> = {
  event: 'danger',
  hold: 'danger',
  restriction: 'warning',
  decision: 'info',
  injection: 'accent',
  result: 'info',
};
const A_PAGE = 20;

/** Everything that happened, latest first, from one list of the server; the day is written once. */
export function ChartTimeline({ patientId }: { patientId: string }) {
  const translate = useTranslate();
  const format = useFormat();
  const { zone } = useSession();
  const [kind, setKind] = useState<TimelineKind | null>(null);
  const list = useRows(ROUTES.readTimeline, { params: { patientId }, query: { kind: kind ?? undefined, limit: A_PAGE } });
  const dayOf = ({ at }: TimelineEntry) => dateInZone(at, zone);
  return (
    <Section
      id="timeline"
      title={translate('timeline.title')}
      subtitle={translate('timeline.subtitle')}
      flush
      actions={
        <Box className="no-print">
          <FilterSelect
            label={translate('timeline.show')}
            value={kind ?? undefined}
            onChange={(chosen) => setKind(chosen as TimelineKind | null)}
            options={TIMELINE_KINDS.map((code) => ({ value: code, label: translate(`timeline.kind.${code}`) }))}
            minWidth={210}
          />
        </Box>
      }
    >
      <Box sx={{ height: 4 }}>{list.isFetching && <LinearProgress aria-label={translate('app.problem.loading')} />}</Box>
      {list.error && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.rows.length === 0 && <EmptyState icon={<HistoryOutlined />} text={translate('timeline.none')} />}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {list.rows.map((entry, index) => {
          const day = dayOf(entry);
          const newDay = index === 0 || day !== dayOf(list.rows[index - 1]!);
          return <Entry key={entry.key} entry={entry} day={newDay ? format.date(day) : null} />;
        })}
      </Box>
      {list.hasNextPage && (
        <Box sx={{ p: 1, textAlign: 'center' }} className="no-print">
          <Button size="small" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {translate('timeline.earlier')}
          </Button>
        </Box>
      )}
    </Section>
  );
}

function Entry({ entry, day }: { entry: TimelineEntry; day: string | null }) {
  const translate = useTranslate();
  const format = useFormat();
  const { title, details, to } = useTimelineWords()(entry);
  const over = entry.state !== 'effective';
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: '104px 132px minmax(0, 1fr)' },
        columnGap: 2,
        rowGap: 0.5,
        px: 2.5,
        py: 1,
        borderTop: day ? 1 : 0,
        borderColor: 'divider',
        alignItems: 'baseline',
      }}
    >
      <Typography variant="caption" className="tabular" color="text.secondary" component="div">
        {day && (
          <Box component="span" sx={{ display: 'block', color: 'text.primary', fontWeight: 600 }}>
            {day}
          </Box>
        )}
        {format.time(entry.at)}
      </Typography>
      <Box>
        <StatusTag tone={over ? 'neutral' : (TONES[entry.kind] ?? 'neutral')}>{translate(`timeline.kind.${entry.kind}`)}</StatusTag>
      </Box>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ fontWeight: 550, ...(over && { textDecoration: 'line-through', color: 'text.secondary' }) }}>
          {to ? (
            <MuiLink component={Link} to={to} color="inherit">
              {title}
            </MuiLink>
          ) : (
            title
          )}
        </Typography>
        <Typography variant="caption" color="text.secondary" component="div">
          {[over && translate(`timeline.${entry.state}`), ...details, entry.byName].filter(Boolean).join(' · ')}
        </Typography>
      </Box>
    </Box>
  );
}
