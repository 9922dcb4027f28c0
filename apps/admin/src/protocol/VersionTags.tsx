import { Box } from '@mui/material';
import type { ProtocolVersion } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { useSession } from '../session/useSession.js';
import type { Tone } from '../theme/palette.js';
import { StatusTag } from '../ui/StatusTag.js';

const TONES: Readonly<Record<ProtocolVersion['state'], Tone>> = {
  initial: 'neutral',
  draft: 'info',
  signed: 'neutral',
  withdrawn: 'neutral',
};

/** Where a version stands. */
export function VersionTags({ version }: { version: ProtocolVersion }) {
  const translate = useTranslate();
  const format = useFormat();
  const { now } = useSession();
  const upcoming = version.state === 'signed' && !version.inForce && version.inForceFrom !== null && version.inForceFrom > now;
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.75, flexWrap: 'wrap' }}>
      <StatusTag tone={TONES[version.state]}>{translate(`protocol.state.${version.state}`)}</StatusTag>
      {version.inForce && <StatusTag tone="success">{translate('protocol.inForce')}</StatusTag>}
      {upcoming && <StatusTag tone="accent">{translate('protocol.upcoming', { date: format.instant(version.inForceFrom) })}</StatusTag>}
    </Box>
  );
}
