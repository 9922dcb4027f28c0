import { Box } from '@mui/material';
import { visuallyHidden } from '@mui/utils';

const WIDTH = 96;
const HEIGHT = 26;
const EDGE = 3;

interface SparklineProps {
  values: readonly number[];
  /** What it shows, for those who do not see it: “Last 14 days: between 3 and 12 a day, today 7”. */
  label: string;
}

/** The way a number went. Drawn by hand: a charting library would weigh more than the whole page it stands on. */
export function Sparkline({ values, label }: SparklineProps) {
  const most = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = EDGE + (index / Math.max(1, values.length - 1)) * (WIDTH - 2 * EDGE);
    const y = HEIGHT - EDGE - (value / most) * (HEIGHT - 2 * EDGE);
    return [x.toFixed(1), y.toFixed(1)] as const;
  });
  const last = points.at(-1);
  if (!last) return null;
  return (
    <Box component="span" sx={({ palette }) => ({ display: 'block', color: palette.tone.accent.solid })}>
      <Box component="span" sx={visuallyHidden}>
        {label}
      </Box>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        aria-hidden="true"
        focusable="false"
        style={{ maxWidth: '100%', display: 'block' }}
      >
        <polyline
          points={points.join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        <circle cx={last[0]} cy={last[1]} r="2.5" fill="currentColor" />
      </svg>
    </Box>
  );
}
