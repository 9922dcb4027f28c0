import { PanToolOutlined } from '@mui/icons-material';
import type { ImHold } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { StatusTag } from './StatusTag.js';

/** IM injections are on hold, and what was decided instead. Nothing for whom they are not. */
export function HoldTag({ hold }: { hold: ImHold | null }) {
  const translate = useTranslate();
  if (hold === null) return null;
  return (
    <StatusTag tone="critical" icon={<PanToolOutlined />}>
      {translate(`app.hold.${hold}`)}
    </StatusTag>
  );
}
