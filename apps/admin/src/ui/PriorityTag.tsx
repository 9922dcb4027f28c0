import { ArrowUpwardOutlined, PriorityHighOutlined, ReportOutlined } from '@mui/icons-material';
import type { Priority } from '@vastus/clinical';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/useWords.js';
import type { Tone } from '../theme/palette.js';
import { StatusTag } from './StatusTag.js';

const LOOK: Readonly<Record<Priority, { tone: Tone; icon?: ReactNode }>> = {
  emergency: { tone: 'critical', icon: <ReportOutlined /> },
  urgent: { tone: 'danger', icon: <PriorityHighOutlined /> },
  high: { tone: 'warning', icon: <ArrowUpwardOutlined /> },
  normal: { tone: 'info' },
  low: { tone: 'neutral' },
};

export function PriorityTag({ priority }: { priority: Priority }) {
  const { word } = useWords();
  return (
    <StatusTag tone={LOOK[priority].tone} icon={LOOK[priority].icon}>
      {word('priority', priority)}
    </StatusTag>
  );
}
