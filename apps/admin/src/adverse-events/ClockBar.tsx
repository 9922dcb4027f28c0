import { Box, Typography } from '@mui/material';
import { addDays, dateInZone, daysBetween, type Instant } from '@vastus/clinical';
import type { MilestoneOut } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { StatusTag } from '../ui/StatusTag.js';

type Clock = readonly Pick<MilestoneOut, 'id' | 'ruleId' | 'dueAt' | 'dueOn' | 'overdueAt' | 'state' | 'metAt' | 'missing'>[];

const DAY_MS = 86_400_000;
/** Surgery helps within three months: the bar never ends sooner. */
const LEAST_DAYS = 92;

type Mark = 'met' | 'overdue' | 'open' | 'planned' | 'cancelled';
const TONE: Readonly<Record<Mark, Tone>> = { met: 'success', overdue: 'danger', open: 'warning', planned: 'neutral', cancelled: 'neutral' };

function markOf({ state, overdueAt, dueAt }: Clock[number], now: Instant): Mark {
  if (state === 'met' || state === 'cancelled') return state;
  if ((overdueAt ?? dueAt) < now) return 'overdue';
  return state === 'raised' || dueAt < now ? 'open' : 'planned';
}

/**
 * The nerve clock as a bar with "now" on it. The axis is the square root of time: the first two days and the third month both have
 * room. The list below says the same in words.
 */
export function ClockBar({
  onsetAt,
  clock,
  now,
  resolvedAt,
}: {
  onsetAt: Instant;
  clock: Clock;
  now: Instant;
  resolvedAt?: Instant | null;
}) {
  const translate = useTranslate();
  const format = useFormat();
  const { zone } = useSession();
  const start = Date.parse(onsetAt);
  const days = (at: Instant) => Math.max(0, (Date.parse(at) - start) / DAY_MS);
  const end = Math.max(LEAST_DAYS, ...clock.map(({ dueAt }) => days(dueAt)));
  const place = (value: number) => `${Math.min(100, Math.sqrt(value / end) * 100)}%`;
  const today = resolvedAt ?? now;
  const onset = dateInZone(onsetAt, zone);
  const ticks = [0, 2, 7, 14, 28, 42, 60, 90].filter((day) => day <= end);
  return (
    <Box
      role="img"
      aria-label={translate('adverseEvents.clock.bar', {
        day: daysBetween(onset, dateInZone(today, zone)),
        done: clock.filter(({ state }) => state === 'met').length,
        all: clock.filter(({ state }) => state !== 'cancelled').length,
      })}
      sx={{ position: 'relative', height: 92, mx: 2, mt: 1 }}
    >
      <Box
        sx={({ palette }) => ({
          position: 'absolute',
          top: 38,
          left: 0,
          right: 0,
          height: 10,
          borderRadius: 5,
          bgcolor: palette.tone.neutral.soft,
          border: `1px solid ${palette.tone.neutral.line}`,
        })}
      />
      <Box
        sx={({ palette }) => ({
          position: 'absolute',
          top: 38,
          left: 0,
          height: 10,
          borderRadius: 5,
          width: place(days(today)),
          opacity: 0.85,
          bgcolor: resolvedAt ? palette.tone.success.solid : palette.tone.accent.solid,
        })}
      />
      {clock
        .filter(({ state }) => state !== 'cancelled')
        .map((milestone) => {
          const tone = TONE[markOf(milestone, now)];
          return (
            <Box
              key={milestone.id}
              sx={({ palette }) => ({
                position: 'absolute',
                top: 34,
                left: place(days(milestone.dueAt)),
                width: 18,
                height: 18,
                ml: '-9px',
                borderRadius: '50%',
                bgcolor: palette.tone[tone].soft,
                border: `3px solid ${palette.tone[tone].solid}`,
              })}
            />
          );
        })}
      {ticks.map((day) => (
        <Typography
          key={day}
          variant="caption"
          color="text.secondary"
          sx={{
            position: 'absolute',
            top: 58,
            left: place(day),
            transform: 'translateX(-50%)',
            whiteSpace: 'nowrap',
            textAlign: 'center',
            lineHeight: 1.25,
          }}
        >
          {translate('adverseEvents.clock.day', { day })}
          <Box component="span" sx={{ display: { xs: 'none', sm: 'block' }, fontSize: '0.6875rem' }}>
            {format.date(addDays(onset, day), 'month')}
          </Box>
        </Typography>
      ))}
      <Box
        sx={({ palette }) => ({
          position: 'absolute',
          top: 22,
          left: place(days(today)),
          ml: '-1px',
          width: 2,
          height: 34,
          bgcolor: palette.text.primary,
        })}
      />
      <Typography
        variant="caption"
        sx={{
          position: 'absolute',
          top: 0,
          left: place(days(today)),
          transform: 'translateX(-50%)',
          fontWeight: 700,
          whiteSpace: 'nowrap',
        }}
      >
        {translate(resolvedAt ? 'adverseEvents.clock.resolved' : 'adverseEvents.clock.now')}
      </Typography>
    </Box>
  );
}

/** Each follow-up with its day and its state. */
export function ClockList({ clock, now }: { clock: Clock; now: Instant }) {
  const translate = useTranslate();
  const words = useWords();
  const format = useFormat();
  return (
    <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {clock.map((milestone) => {
        const mark = markOf(milestone, now);
        return (
          <Box
            component="li"
            key={milestone.id}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: '1fr', sm: 'minmax(0, 1fr) 190px 130px' },
              gap: { xs: 0.25, sm: 2 },
              alignItems: 'center',
              py: 1,
              borderTop: 1,
              borderColor: 'divider',
            }}
          >
            <Typography
              variant="body2"
              sx={{ fontWeight: 600, ...(mark === 'cancelled' && { color: 'text.secondary', textDecoration: 'line-through' }) }}
            >
              {words.word('rule', milestone.ruleId)}
              {milestone.missing.length > 0 && mark !== 'met' && mark !== 'cancelled' && (
                <Typography component="span" variant="caption" color="text.secondary">
                  {' · '}
                  {translate('adverseEvents.clock.missing', {
                    what: milestone.missing.map((code) => words.word('missing', code)).join(', '),
                  })}
                </Typography>
              )}
            </Typography>
            <Typography variant="caption" color="text.secondary" className="tabular">
              {mark === 'met' && milestone.metAt
                ? translate('adverseEvents.clock.metOn', { on: format.instant(milestone.metAt) })
                : `${format.date(milestone.dueOn)} · ${format.relative(milestone.dueOn)}`}
            </Typography>
            <Box>
              <StatusTag tone={TONE[mark]}>{translate(`adverseEvents.clock.state.${mark}`)}</StatusTag>
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
