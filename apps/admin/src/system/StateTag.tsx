import { CheckCircleOutlined, ErrorOutlined, HelpOutlineOutlined, WarningAmberOutlined } from '@mui/icons-material';
import type { SystemState } from '@vastus/contract';
import type { ComponentType } from 'react';
import { useTranslate } from 'react-admin';
import type { Tone } from '../theme/palette.js';
import { StatusTag } from '../ui/StatusTag.js';

export const STATE_TONES: Readonly<Record<SystemState, Tone>> = {
  ok: 'success',
  attention: 'warning',
  problem: 'danger',
  unknown: 'neutral',
};
export const STATE_ICONS: Readonly<Record<SystemState, ComponentType>> = {
  ok: CheckCircleOutlined,
  attention: WarningAmberOutlined,
  problem: ErrorOutlined,
  unknown: HelpOutlineOutlined,
};

/** How a part is, as a word with its sign. */
export function StateTag({ state }: { state: SystemState }) {
  const translate = useTranslate();
  const Icon = STATE_ICONS[state];
  return (
    <StatusTag tone={STATE_TONES[state]} icon={<Icon />}>
      {translate(`system.state.${state}`)}
    </StatusTag>
  );
}
