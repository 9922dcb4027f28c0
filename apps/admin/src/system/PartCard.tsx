import { Box, Stack, Typography } from '@mui/material';
import type { SystemFinding, SystemState } from '@vastus/contract';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Section } from '../ui/Section.js';
import { HANDBOOK } from './handbook.js';
import { STATE_TONES, StateTag } from './StateTag.js';

interface PartCardProps {
  title: string;
  part: { state: SystemState; findings: readonly SystemFinding[] };
  /** Tables reach the edges. */
  table?: ReactNode;
  children?: ReactNode;
}

/** A table in a card begins where its heading does. */
export const EDGES = {
  '& th:first-of-type, & td:first-of-type': { pl: 2.5 },
  '& th:last-of-type, & td:last-of-type': { pr: 2.5 },
} as const;

/** A part of the installation: how it is, what is wrong and what to do, and its numbers. */
export function PartCard({ title, part: { state, findings }, table, children }: PartCardProps) {
  return (
    <Section title={title} actions={<StateTag state={state} />} flush>
      {(findings.length > 0 || children) && (
        <Stack sx={{ gap: 2, px: 2.5, pb: table ? 2 : 2.5 }}>
          {findings.map((finding) => (
            <Finding key={finding} finding={finding} state={state} />
          ))}
          {children}
        </Stack>
      )}
      {table}
    </Section>
  );
}

function Finding({ finding, state }: { finding: SystemFinding; state: SystemState }) {
  const translate = useTranslate();
  const t = (key: string) => translate(`system.finding.${finding}.${key}`);
  return (
    <Box
      sx={({ palette }) => ({
        borderLeft: `4px solid ${palette.tone[STATE_TONES[state]].solid}`,
        bgcolor: palette.tone[STATE_TONES[state]].soft,
        borderRadius: 1,
        px: 2,
        py: 1.25,
      })}
    >
      <Typography variant="body2" sx={({ palette }) => ({ fontWeight: 650, color: palette.tone[STATE_TONES[state]].text })}>
        {t('text')}
      </Typography>
      <Typography variant="body2" sx={{ mt: 0.5 }}>
        <strong>{translate('system.whatToDo')}:</strong> {t('do')}
      </Typography>
      <Typography variant="caption" component="div" sx={{ mt: 0.5 }}>
        {translate('system.readOn', { section: HANDBOOK[finding] })}
      </Typography>
    </Box>
  );
}

/** Names and what they are, two by two. */
export function Facts({ lines }: { lines: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: 'minmax(0, auto) minmax(0, 1fr)',
        columnGap: 2,
        rowGap: 0.75,
        alignItems: 'baseline',
      }}
    >
      {lines.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {name}
          </Typography>
          <Typography component="dd" variant="body2" className="tabular" sx={{ m: 0, textAlign: 'right', overflowWrap: 'anywhere' }}>
            {value}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
