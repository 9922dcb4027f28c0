import { CheckCircleOutlined, TimerOutlined } from '@mui/icons-material';
import { Box } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import type { Instant } from '@vastus/clinical';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { StatusTag } from '../ui/StatusTag.js';
import { useServerNow, useTicking } from './clinicTime.js';

const TICK_MS = 5_000;

/** RX-OBSERVE, reckoned from the dose: a reload changes nothing. Says in words and once aloud when the time is over. */
export function ObservationTimer({ until }: { until: Instant }) {
  const translate = useTranslate();
  const format = useFormat();
  const now = useTicking(useServerNow(), TICK_MS);
  const left = Date.parse(until) - Date.parse(now);
  const minutes = Math.ceil(left / 60_000);
  const time = format.time(until);
  return (
    <Box component="span">
      {left > 0 ? (
        <StatusTag tone="info" icon={<TimerOutlined />}>
          {translate('injections.observe.left', { smart_count: minutes, time })}
        </StatusTag>
      ) : (
        <StatusTag tone="success" icon={<CheckCircleOutlined />}>
          {translate('injections.observe.over', { time })}
        </StatusTag>
      )}
      <span role="status" style={visuallyHidden}>
        {left > 0 ? '' : translate('injections.observe.over', { time })}
      </span>
    </Box>
  );
}
