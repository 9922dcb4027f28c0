import { Box, Card, CardActionArea, Skeleton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { Tone } from '../theme/palette.js';
import { Sparkline } from './Sparkline.js';

interface StatTileProps {
  label: string;
  /** `undefined` while it is on its way. */
  value: number | string | undefined;
  note?: ReactNode;
  /** How it came to be so; its place is kept while it is on its way. */
  trend?: { values: readonly number[] | undefined; label: string };
  /** Colours the number when there is something to do. */
  tone?: Tone;
  to?: string;
}

/** One number that matters to a role, and the way to what it counts. */
export function StatTile({ label, value, note, trend, tone = 'neutral', to }: StatTileProps) {
  const content = (
    <Box sx={{ p: 2, display: 'grid', gap: 0.5, alignContent: 'start', height: '100%' }}>
      <Typography variant="caption" color="text.secondary" sx={{ fontWeight: 550 }}>
        {label}
      </Typography>
      <Typography
        component="span"
        className="tabular"
        sx={({ palette }) => ({
          fontSize: '1.75rem',
          lineHeight: 1.15,
          fontWeight: 650,
          letterSpacing: '-0.02em',
          color: tone === 'neutral' ? 'text.primary' : palette.tone[tone].text,
        })}
      >
        {value === undefined ? <Skeleton width={48} /> : value}
      </Typography>
      {trend && <Box sx={{ height: 26 }}>{trend.values && <Sparkline values={trend.values} label={trend.label} />}</Box>}
      {note && (
        <Typography variant="caption" color="text.secondary">
          {note}
        </Typography>
      )}
    </Box>
  );
  return (
    <Card sx={({ palette }) => ({ borderLeft: `4px solid ${tone === 'neutral' ? palette.divider : palette.tone[tone].solid}` })}>
      {to ? (
        <CardActionArea component={Link} to={to} sx={{ height: '100%' }}>
          {content}
        </CardActionArea>
      ) : (
        content
      )}
    </Card>
  );
}

/** Tiles side by side, as many as fit; on a tablet no row is left with a single one. */
export function StatRow({ columns = 6, children }: { columns?: number; children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: {
          xs: 'repeat(2, minmax(0, 1fr))',
          sm: `repeat(${columns % 3 === 0 ? 3 : 2}, minmax(0, 1fr))`,
          lg: `repeat(${columns}, minmax(0, 1fr))`,
        },
        mb: 3,
      }}
    >
      {children}
    </Box>
  );
}
