import { CheckCircle, NotificationsActive, RadioButtonUnchecked, RemoveCircleOutlined } from '@mui/icons-material';
import { Box, Typography } from '@mui/material';
import type { AdverseEvent, MilestoneOut } from '@vastus/contract';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useWords } from '../i18n/useWords.js';
import type { Tone } from '../theme/palette.js';

const LOOK: Readonly<Record<MilestoneOut['state'], { tone: Tone; icon: ReactNode }>> = {
  met: { tone: 'success', icon: <CheckCircle /> },
  raised: { tone: 'danger', icon: <NotificationsActive /> },
  planned: { tone: 'neutral', icon: <RadioButtonUnchecked /> },
  cancelled: { tone: 'neutral', icon: <RemoveCircleOutlined /> },
};
const STEP = 118;
const DAY = 86_400_000;

/** Where “now” stands between the steps, which are drawn at equal distances: the first days are as readable as the last weeks. */
export function placeOf(now: number, times: readonly number[]): number {
  if (times.length === 0 || now <= times[0]!) return 0;
  for (let index = 1; index < times.length; index += 1) {
    const from = times[index - 1]!;
    const to = times[index]!;
    if (now < to) return index - 1 + (now - from) / Math.max(1, to - from);
  }
  return times.length - 1;
}

/** The follow-up of one event on a line, with now on it. */
export function NerveClock({ event, steps, now }: { event: Pick<AdverseEvent, 'onsetAt' | 'resolvedAt'>; steps: readonly MilestoneOut[]; now: string }) {
  const translate = useTranslate();
  const format = useFormat();
  const { word } = useWords();
  const onset = Date.parse(event.onsetAt);
  const ordered = steps.toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  const stopped = Date.parse(event.resolvedAt ?? now);
  const place = placeOf(stopped, [onset, ...ordered.map(({ dueAt }) => Date.parse(dueAt))]);
  const day = (at: number) => Math.floor((at - onset) / DAY);
  const width = (ordered.length + 1) * STEP;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
    <Box sx={{ overflowX: 'auto', pb: 1 }} tabIndex={0} role="region" aria-label={translate('patients.clock.label', { date: format.instant(event.onsetAt) })}>
      <Box sx={{ position: 'relative', minWidth: width, pt: 4 }}>
        <Box aria-hidden sx={{ position: 'absolute', top: 43, left: STEP / 2, right: STEP / 2, height: 6, borderRadius: 3, bgcolor: 'divider' }}>
          <Box sx={({ palette }) => ({ width: `${(place / Math.max(1, ordered.length)) * 100}%`, height: '100%', borderRadius: 3, bgcolor: event.resolvedAt ? palette.tone.success.solid : palette.tone.accent.solid })} />
          <Box sx={{ position: 'absolute', top: -30, left: `${(place / Math.max(1, ordered.length)) * 100}%`, transform: 'translateX(-50%)', textAlign: 'center' }}>
            <Typography sx={({ palette }) => ({ px: 1, borderRadius: 1, fontSize: '0.75rem', fontWeight: 650, whiteSpace: 'nowrap', bgcolor: palette.tone.accent.solid, color: palette.tone.accent.onSolid })}>
              {event.resolvedAt ? translate('patients.clock.resolved', { date: format.instant(event.resolvedAt) }) : translate('patients.clock.now', { day: day(stopped) })}
            </Typography>
            <Box sx={({ palette }) => ({ mx: 'auto', width: 2, height: 18, bgcolor: palette.tone.accent.solid })} />
          </Box>
        </Box>
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gridAutoFlow: 'column', gridAutoColumns: `minmax(${STEP}px, 1fr)` }}>
          <Step icon={<Box sx={({ palette }) => ({ width: 14, height: 14, borderRadius: '50%', bgcolor: palette.tone.accent.solid })} />} tone="accent" head={translate('patients.clock.day', { day: 0 })} text={translate('patients.clock.onset', { date: '' })} note={format.instant(event.onsetAt)} />
          {ordered.map((step) => (
            <Step
              key={step.id}
              icon={LOOK[step.state].icon}
              tone={LOOK[step.state].tone}
              head={translate('patients.clock.day', { day: day(Date.parse(step.dueAt)) })}
              text={word('rule', step.ruleId)}
              note={`${format.date(step.dueOn)} · ${translate(`patients.clock.${step.state}`)}`}
              faded={step.state === 'cancelled'}
            />
          ))}
        </Box>
      </Box>
    </Box>
  );
}

function Step({ icon, tone, head, text, note, faded }: { icon: ReactNode; tone: Tone; head: string; text: string; note: string; faded?: boolean }) {
  return (
    <Box component="li" sx={{ display: 'grid', justifyItems: 'center', textAlign: 'center', gap: 0.25, px: 0.75, alignContent: 'start', textDecoration: faded ? 'line-through' : undefined }}>
      <Box aria-hidden sx={({ palette }) => ({ position: 'relative', display: 'grid', placeItems: 'center', width: 28, height: 28, borderRadius: '50%', bgcolor: 'background.paper', color: palette.tone[tone].solid, '& svg': { fontSize: 22 } })}>
        {icon}
      </Box>
      <Typography className="tabular" sx={{ fontSize: '0.75rem', fontWeight: 650 }}>
        {head}
      </Typography>
      <Typography sx={{ fontSize: '0.75rem', lineHeight: 1.3 }}>{text}</Typography>
      <Typography className="tabular" color="text.secondary" sx={{ fontSize: '0.75rem' }}>
        {note}
      </Typography>
    </Box>
  );
}
