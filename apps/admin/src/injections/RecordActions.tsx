import { Button, Card, Stack, Typography } from '@mui/material';
import { isBlocked, mayOverride } from '@vastus/clinical';
import type { FindingOut } from '@vastus/contract';
import { useTranslate } from 'react-admin';
import { useWords } from '../i18n/useWords.js';
import { useSession } from '../session/useSession.js';
import { SubmitKeys } from '../ui/KeyCap.js';
import { StatusTag } from '../ui/StatusTag.js';

interface RecordActionsProps {
  findings: readonly FindingOut[];
  /** The vial that was scanned is not to be used. */
  stopped?: boolean;
  busy: boolean;
  /** A vial is being looked up: its lot is not there yet. */
  waiting?: boolean;
  onRecord: () => void;
  onDialog: (dialog: 'override' | 'already-given' | 'not-given') => void;
}

/** A stop refuses what is about to happen: recording is closed then, and what may be done instead is offered. */
export function RecordActions({ findings, stopped = false, busy, waiting = false, onRecord, onDialog }: RecordActionsProps) {
  const translate = useTranslate();
  const words = useWords();
  const { may } = useSession();
  const blocked = isBlocked(findings as never);
  const blocks = findings.filter(({ severity }) => severity === 'block').length;
  const warns = findings.length - blocks;
  // The panel may be below the edge of the screen; what stops somebody must not be.
  const worst = findings.find(({ severity }) => severity === 'block');
  const t = (key: string, options?: Record<string, unknown>) => translate(`injections.form.${key}`, options);
  return (
    <Card sx={{ p: 1.5 }}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, alignItems: 'center', justifyContent: 'flex-end' }}>
        <Stack direction="row" sx={{ gap: 1, flex: '1 1 420px', minWidth: 0, alignItems: 'center', flexWrap: 'wrap' }} id="record-state">
          {blocks > 0 && <StatusTag tone="danger">{t('stops', { smart_count: blocks })}</StatusTag>}
          {warns > 0 && <StatusTag tone="warning">{t('warnings', { smart_count: warns })}</StatusTag>}
          {stopped && <StatusTag tone="danger">{t('vialStop')}</StatusTag>}
          {findings.length === 0 && !stopped && <StatusTag tone="success">{t('clear')}</StatusTag>}
          {worst && (
            <Typography variant="body2" sx={{ flex: '1 1 200px', minWidth: 0, lineHeight: 1.35 }}>
              {words.finding(worst)}
              {blocks > 1 && ` ${t('andMore', { smart_count: blocks - 1 })}`}
            </Typography>
          )}
        </Stack>
        <Button onClick={() => onDialog('not-given')} disabled={busy}>
          {t('notGiven.button')}
        </Button>
        {blocked && (
          <Button variant="outlined" color="warning" onClick={() => onDialog('already-given')} disabled={busy}>
            {t('alreadyGiven.button')}
          </Button>
        )}
        {blocked && mayOverride(findings) && may('injection.override') && (
          <Button variant="outlined" color="warning" onClick={() => onDialog('override')} disabled={busy}>
            {t('override.button')}
          </Button>
        )}
        <Button
          variant="contained"
          size="large"
          onClick={onRecord}
          disabled={blocked || stopped || busy || waiting}
          aria-describedby="record-state"
          aria-keyshortcuts="Control+Enter"
        >
          {t(busy ? 'recording' : 'record')}
          <SubmitKeys />
        </Button>
      </Stack>
    </Card>
  );
}
